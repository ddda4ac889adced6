import { maskJql } from '../../../../src/domain/runs';

it.each([
  ['project = ACME AND created >= -90d', 'project = … AND created >= …'],
  ['reporter = "ann@acme.example"', 'reporter = …'],
  ['reporter in (557058:1a2b, "Ann Example", membersOf("ann\\"s team")) order by "Ann"', 'reporter in …'],
  ["NOT (assignee not in (5b10a2844c20165700ede21g) OR text ~ 'Ann')", 'NOT (assignee not in … OR text ~ …)'],
  ['assignee was not in ("Ann") by "bob@acme.example" before 2026-01-01', 'assignee was not in … by … before …'],
  ['reporter = currentUser() or reporter = issueHistory("a, (b)", (c))', 'reporter = … or reporter = …'],
  [
    'status changed from Open to "Ann\'s" and "Request participants" is not EMPTY',
    'status changed from … to … and "Request participants" is not EMPTY',
  ],
  ['cf[10020] = x && "Kundin/Kunde" is null', 'cf[10020] = … && "Kundin/Kunde" is null'],
  ['!(priority = High)', '!(priority = …)'],
  ['a = 1 && b = 2 & c = 3 || d = 4 | e = 5', 'a = … && b = … & c = … || d = … | e = …'],
  ['status was x on 2026-01-01 or status was x after 2026-01-01', 'status was … on … or status was … after …'],
  ['status changed during (2026-01-01, 2026-02-01) and a = 1', 'status changed during … and a = …'],
  ['assignee is null and reporter is empty or b = 1', 'assignee is null and reporter is empty or b = …'],
  ['a = 1 and cf[1] = 2', 'a = … and cf[1] = …'],
  ['a = 1 and Ann Example = 2 and b = 3', 'a = … and … = … and b = …'],
  ['', ''],
])('keeps the fields and operators of %s', (jql, kept) => {
  expect(maskJql(jql)).toBe(kept);
});

it.each([
  '"ann@acme.example" = 1',
  'ann@acme.example',
  'ann@acme.example 557058:1a2b',
  '557058:1a2b = 557058:1a2b and 557058:1a2b in 557058:1a2b',
  'reporter "ann@acme.example" = 557058:1a2b',
  'reporter = "ann@acme.example',
  "reporter = 'ann@acme.example",
  'reporter = ann@acme.example bob@acme.example (ann@acme.example) 557058:1a2b',
  'reporter in (ann@acme.example, (557058:1a2b',
  'reporter in () ann@acme.example) and ann@acme.example',
  'reporter ~ \\"ann@acme.example\\"',
  'order by ann@acme.example',
])('keeps no value of %s, which no query looks like', (jql) => {
  expect(maskJql(jql)).not.toMatch(/ann|bob|acme|5570|1a2b/);
});

it('takes no longer for a long query than for a short one, a piece', () => {
  const startedAtMs = Date.now();
  maskJql(`reporter in (${'"ann@acme.example", '.repeat(500)}x)${' AND (('.repeat(2_000)}`.slice(0, 10_000));
  maskJql('"\\'.repeat(5_000));
  maskJql('('.repeat(10_000));
  expect(Date.now() - startedAtMs).toBeLessThan(2_000);
});
