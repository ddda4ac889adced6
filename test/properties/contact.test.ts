import fc from '../support/chance';
import { contactStory, playStory } from '../contact/story';

/** How many stories are played here; `npm run properties:contact` plays 2,000. */
const RUNS = Number(process.env['CONTACT_RUNS'] ?? 60);

describe('any server, and what happens at a site that is connected to it', () => {
  it(
    `makes the app say nothing that is not so, and lose nobody without a word, in ${RUNS} stories`,
    async () => {
      const property = fc.asyncProperty(contactStory, async (story) => {
        expect(await playStory(story)).toEqual([]);
      });
      await fc.assert(property, { numRuns: RUNS });
    },
    RUNS * 5_000,
  );
});
