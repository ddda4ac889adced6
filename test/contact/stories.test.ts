import { playStory, type ContactStory } from './story';

const NOTHING: ContactStory['steps'] = [];

/** Stories that chance has found, each of which was told wrong once. */
const FOUND: readonly (readonly [string, ContactStory])[] = [
  ['an empty list under a key of its own, where another read shows people', { seed: 31_645, steps: NOTHING }],
  ['ids of memberships, shown before anything was checked', { seed: 25_454, steps: NOTHING }],
  ['a move that takes the person out of a segment that is read in part', { seed: 613_580, steps: NOTHING }],
  [
    'people of a run who are seen only minutes later, and whom the directory has to have then',
    {
      seed: 16,
      steps: [
        { what: 'move', pick: 21, afterMs: 2_146 },
        { what: 'refresh', pick: 0, afterMs: 0 },
        { what: 'move', pick: 44, afterMs: 474 },
        { what: 'run', pick: 60, afterMs: 30_913 },
        { what: 'move', pick: 49, afterMs: 526_947 },
      ],
    },
  ],
];

describe('a story that was told wrong once', () => {
  it.each(FOUND)('is told as it is: %s', async (_what, story) => {
    expect(await playStory(story)).toEqual([]);
  });
});
