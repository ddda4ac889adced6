import { ACTS, JIRA_PERMISSIONS, type Problem } from '../../../../src/contract';
import type { AskedFor } from '../../../../static/src/shared/askedFor';
import { problemText } from '../../../../static/src/shared/problemText';
import { reasonsOf } from '../../../../static/src/board/reasons';
import type { Shortfall } from '../../../../static/src/board/state';
import { matchText, type UnsettledMatch } from '../../../../static/src/panel/matchText';
import { speakEnglish } from '../../../support/english';

beforeAll(() => speakEnglish());

const lacking = (needed: (typeof JIRA_PERMISSIONS)[number] | 'GROUP'): Problem => ({ code: 'notPermitted', needed });
const all = (problem: Problem, asked?: AskedFor): string => {
  const { title, cause, next } = problemText(problem, asked);
  return `${title}\n${cause}\n${next}`;
};

describe('a refusal', () => {
  it.each(ACTS.filter((act) => act !== 'move'))('of %s does not speak of moving', (act) => {
    for (const needed of [...JIRA_PERMISSIONS, 'GROUP'] as const)
      expect(all(lacking(needed), { act, place: 'issue' })).not.toMatch(/ move people|Connecting Shorter Loop/);
  });

  it('says of each act what it is about, and never the same of two', () => {
    const titles = ACTS.map((act) => problemText(lacking('ADMINISTER'), { act, place: null }).title);
    expect(new Set(titles).size).toBe(ACTS.length);
  });

  it.each([
    ['issue', 'on this work item'],
    ['project', 'in this project'],
    ['anywhere', 'in at least one project'],
  ] as const)('names the permission and, for %s, where it is held', (place, where) => {
    const { cause } = problemText(lacking('EDIT_ISSUES'), { act: 'move', place });
    expect(cause).toContain('“Edit issues”');
    expect(cause).toContain(where);
  });

  it('that needs Administer Jira names no place, and where the rules are that could need less', () => {
    expect(all(lacking('ADMINISTER'), { act: 'link', place: 'issue' })).toBe(
      'You don’t have permission to link people\nYou need the permission “Administer Jira”.\n' +
        'Ask a Jira admin to do this, or to choose who else may under Jira settings → Apps → Shorter Loop segments → Access.',
    );
  });

  it('of the admin page asks for no rule: there is none', () => {
    expect(all(lacking('ADMINISTER'), { act: 'administer', place: null })).not.toContain('choose who else');
  });

  it('to see a board says so and names its project, whatever the page asked for', () => {
    const problem: Problem = {
      code: 'notPermitted',
      needed: 'EDIT_ISSUES',
      seeing: { kind: 'board', projectKey: 'ACME' },
    };
    const { title, cause } = problemText(problem, { act: 'move', place: 'project' });
    expect(title).toBe('You don’t have permission to see the segment board');
    expect(cause).toBe('You need the permission “Edit issues” in the project ACME.');
  });

  it('of which nothing closer is known is about “this”', () => {
    expect(problemText(lacking('EDIT_ISSUES')).title).toBe('You don’t have permission to do this');
    expect(problemText(lacking('GROUP')).title).toBe('You don’t have permission to do this');
  });
});

describe('what the board reports of a decision', () => {
  const pending = {
    kind: 'remove',
    operationId: 'o',
    decisionId: 'd',
    member: [1, 'Ann'],
    from: { id: 1, name: 'A' },
    to: null,
  } as const;

  it('says remove of a removal that was refused', () => {
    const short: Shortfall = { pending, result: null, problem: lacking('EDIT_ISSUES') };
    expect(reasonsOf([short])[0]?.text).toContain('permission to remove people');
  });

  it('says which permission is missing for somebody who reports nothing here', () => {
    const result = { operationId: 'o', memberId: 1, kind: 'refused', problem: lacking('ADMINISTER') } as const;
    expect(reasonsOf([{ pending, result, problem: null }])[0]?.text).toContain('“Administer Jira”');
  });
});

describe('who is not linked', () => {
  const unsettled: readonly UnsettledMatch[] = [
    { state: 'notFound' },
    { state: 'emailHidden', reason: 'hidden' },
    { state: 'ambiguous', reason: 'emailShared', candidates: [] },
    { state: 'ambiguous', reason: 'memberLinked', candidates: [] },
  ];

  it.each(unsettled)('is not to be linked by a viewer who may not ($state)', (match) => {
    expect(matchText(match, true).next).toMatch(/link|Pick/);
    expect(matchText(match, false).next).toBe('Someone who may link people can do it by hand.');
  });
});
