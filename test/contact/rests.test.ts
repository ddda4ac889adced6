import { profileNamed } from '../../sandbox/shorterloop';
import type { CheckChoices, CheckReport } from '../../src/contract';
import { valueOf } from '../support/site';
import { saveSettings } from './admin';
import { openContactLab, type ContactLab } from './lab';

/** How many checks an admin sees at most, with a rest of a minute between them. */
const MOST_CHECKS = 6;

describe('a check that rests', () => {
  it.each([1_000, 6_000, 20_000])('gets further after each rest, where the admin takes %s ms to answer', async (ms) => {
    const named = profileNamed('mixed-raw-key-pages');
    if (named === undefined) throw new Error('There is no such server');
    const lab = await openContactLab(named);
    try {
      await saveSettings(lab, lab.site.simulator.key);
      const reports = await checkUntilProven(lab, ms);
      expect(reports.map(({ state }) => state)).toContain('question');
      expect(reports.at(-1)).toMatchObject({ state: 'proven' });
      expect(reports.every(({ requests }) => requests <= 8)).toBe(true);
    } finally {
      await lab.stop();
    }
  });
});

/** An admin who always names the first segment, says that its ten members are all, and waits as long as they are told. */
async function checkUntilProven(lab: ContactLab, takesMs: number): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  let choices: CheckChoices = {};
  for (let tries = 0; tries < MOST_CHECKS && reports.at(-1)?.state !== 'proven'; tries += 1) {
    const asked = choices;
    const report = valueOf(await lab.run(() => lab.site.admin('admin.check', { choices: asked })));
    reports.push(report);
    const { question } = report;
    const [first] = question?.ask === 'segmentId' ? question.segments : [];
    if (first !== undefined) choices = { ...choices, segmentId: first.id };
    if (question?.ask === 'whole') choices = { ...choices, whole: [question.call] };
    const last = report.lines.at(-1);
    await lab.rest(last?.code === 'paused' ? last.retryAfterMs : takesMs);
  }
  return reports;
}
