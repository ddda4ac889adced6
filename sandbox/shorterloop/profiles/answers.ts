import type { NamedProfileInput } from '../profile';
import { refused, works } from './write';

/** Servers that differ in what a write says, and in records that are not as the others. */
export const ANSWER_PROFILES: readonly NamedProfileInput[] = [
  works('count-zero', 'The number of those who were moved is 0, as in the documented sample.', {
    answers: { count: 'zero' },
  }),
  works('count-missing', 'No number says how many were moved.', { answers: { count: 'missing' } }),
  works('count-text', 'The number is a text.', { answers: { count: 'text' } }),
  works('count-null', 'The number is null.', { answers: { count: 'null' } }),
  works('write-201', 'Writes answer 201.', { answers: { writeStatus: 201 } }),
  works('write-204', 'Writes answer 204.', { answers: { writeStatus: 204 } }),
  works('write-no-body', 'Writes answer nothing under 200.', { answers: { writeBody: 'none' } }),
  works('write-ok-text', 'Writes answer OK, as text.', { answers: { writeBody: 'text' } }),
  works('write-empty-object', 'Writes answer an empty object.', { answers: { writeBody: 'empty' } }),
  works('write-other-data', 'Writes answer something else.', { answers: { writeBody: 'segment' } }),
  works('invite', 'A pending invite has no id.', { bad: { invites: 1 } }),
  works('null-row', 'A row of a segment is null.', { bad: { nullRows: 1 } }),
  works('odd-email', 'An address is an object.', { bad: { oddEmails: 1 } }),
  works('nameless', 'A segment has no name.', { bad: { nameless: 1 } }),
  works('repeated-member', 'Somebody is shown twice.', { bad: { repeated: true } }),
  works('forbidden', 'One segment may not be read.', { bad: { forbidden: 1 } }),
  works('forbidden-one-by-one', 'No read of all, and one segment may not be read.', {
    bad: { forbidden: 1 },
    routes: { all: null },
  }),
  works('forbidden-three', 'Three segments may not be read.', { bad: { forbidden: 3 }, people: { segments: 8 } }),
  works('mistaken', 'One segment, read alone, answers as another.', { bad: { mistaken: 1 } }),
  works('mistaken-one-by-one', 'No read of all, and one segment answers as another.', {
    bad: { mistaken: 1 },
    routes: { all: null },
  }),
  works('no-segments', 'There are no segments yet.', { people: { members: 12, segments: 0 } }),
  works('ten-thousand-segments', 'Ten thousand segments.', { people: { members: 300, segments: 10_000 } }),
  works('one-segment', 'One segment, beside those for tests.', { people: { members: 12, segments: 1 } }),
  works('two-thousand-members', 'Two thousand members.', { people: { members: 2_000, segments: 12 } }),
  refused(
    'test',
    'one-person',
    [
      'One person, and nobody else.',
      'A test needs somebody else, or it could not show that others stay where they are.',
    ],
    { people: { members: 1, segments: 2, tests: false } },
  ),
  refused(
    'check',
    'one-is-empty',
    [
      'The read of one segment never shows members.',
      'Two reads contradict each other about the same segment, and nothing tells which one is right.',
    ],
    { bad: { oneEmpty: true } },
  ),
  refused(
    'check',
    'one-is-empty-somewhere',
    [
      'The read of one segment is a list without anybody, under a key of its own.',
      'Two reads contradict each other about the same segment, and nothing tells which one is right.',
    ],
    { bad: { oneEmpty: true }, fields: { one: 'members' }, envelope: { one: ['data', 'segment'] } },
  ),
];
