import type { SyncSummary } from '../../../../src/contract';
import { knownText } from '../../../../static/src/shared/knownText';
import { speakEnglish } from '../../../support/english';

const DONE: SyncSummary = {
  phase: 'done',
  share: 1,
  reporters: 155,
  linked: 150,
  marked: 0,
  certain: 0,
  review: 4,
  leftOut: 0,
  mayReview: false,
};

beforeAll(speakEnglish);

describe('how many reporters are known, in words', () => {
  it('says who is linked and why the others are not', () => {
    expect(knownText(DONE)).toEqual([
      '150 of 155 reporters on this site are linked to a member.',
      '4 need a decision.',
    ]);
    expect(knownText({ ...DONE, reporters: 1, linked: 0, review: 0, certain: 1 })).toEqual([
      '0 of 1 reporter on this site are linked to a member.',
      '1 more is certain and not linked, because linking is not automatic or still going on.',
    ]);
  });

  it('says that links no longer fit, which is no decision about somebody without one', () => {
    expect(knownText({ ...DONE, review: 0, marked: 1 }).at(-1)).toBe('1 link no longer fits what Shorter Loop says.');
  });

  it('says who is left out, which is no decision', () => {
    expect(knownText({ ...DONE, review: 0, leftOut: 5 }).at(-1)).toBe(
      '5 are left out, because Jira shares no email of theirs or portal customers are not linked by it.',
    );
  });

  it.each([
    ['reading', 0.452, 'The app is still reading who reported what: 45% so far.'],
    ['reading', null, 'The app is still reading who reported what.'],
    ['resting', 0.5, 'The app goes on reading who reported what within the hour: 50% so far.'],
    ['resting', null, 'The app goes on reading who reported what within the hour.'],
    ['paused', 0.5, 'Reading who reported what is paused at 50%.'],
    ['paused', null, 'Reading who reported what is paused.'],
    ['waiting', 0.5, 'The app has not begun to read who reported what.'],
  ] as const)('says how far it is while %s at %s', (phase, share, said) => {
    expect(knownText({ ...DONE, phase, share, reporters: 0, linked: 0, review: 0 })).toEqual([said]);
  });
});
