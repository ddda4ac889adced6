import type { Deed, NamedProfileInput } from '../profile';
import { refused, works } from './write';

const ADD = { verb: 'POST', path: '/api/v2/segments/{to}/segment-users' } as const;

const wrongMove = (deed: Deed, about: string, why: string): NamedProfileInput =>
  refused('test', `move-${deed.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, [about, why], {
    deeds: { move: deed },
  });
const wrongRemoval = (deed: Deed, about: string): NamedProfileInput =>
  works(
    `remove-${deed.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    about,
    { deeds: { remove: deed } },
    { sensible: false, without: { remove: `The removal is none: ${about}` } },
  );
const wrongAdding = (deed: Deed, about: string): NamedProfileInput =>
  works(
    `add-${deed.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    about,
    { routes: { add: [ADD] }, deeds: { add: deed } },
    { sensible: false, without: { add: `The adding is none: ${about}` } },
  );

/** Servers whose writes do something else than they say. */
export const DEED_PROFILES: readonly NamedProfileInput[] = [
  wrongMove('copies', 'A move copies.', 'Moves leave people where they were, so that everybody ends in two segments.'),
  wrongMove('leavesOnly', 'A move takes out and puts nowhere.', 'Moves lose the membership of everybody who is moved.'),
  wrongMove('replaces', 'A move replaces the target’s list.', 'Each move takes everybody else out of the target.'),
  wrongMove('everybody', 'A move moves everybody of the source.', 'Each move takes everybody else along.'),
  wrongMove('clearsSource', 'A move clears the source.', 'Each move takes everybody else out of the source.'),
  wrongMove(
    'clearsPerson',
    'A move takes people out of all their other segments.',
    'Each move loses memberships that it is not about.',
  ),
  wrongMove('strayOne', 'A move takes one more person along.', 'Each move moves somebody whom nobody named.'),
  wrongMove('ignores', 'A move says yes and does nothing.', 'Nothing is ever moved.'),
  wrongMove(
    'nextOne',
    'Ids are off by one: the next in the list is meant.',
    'Each move is about other people than those who were named.',
  ),
  wrongRemoval('replaces', 'a removal leaves only those who were named.'),
  wrongRemoval('everybody', 'a removal empties the segment.'),
  wrongRemoval('clearsPerson', 'a removal takes people out of all their segments.'),
  wrongRemoval('strayOne', 'a removal takes one more person out.'),
  wrongRemoval('ignores', 'a removal says yes and does nothing.'),
  wrongRemoval('nextOne', 'ids are off by one, and the next in the list is meant.'),
  wrongAdding('replaces', 'adding replaces the list.'),
  wrongAdding('clearsPerson', 'adding takes people out of all their other segments.'),
  wrongAdding('ignores', 'adding says yes and does nothing.'),
  works('moves-first-only', 'Of several who are moved at once only the first is.', { deeds: { move: 'firstOnly' } }),
  works('moves-first-ten', 'Only the first ten of a request are moved.', {
    deeds: { move: 'firstTen', remove: 'firstTen' },
  }),
  works('most-five', 'More than five at once are refused.', { deeds: { mostIds: 5 } }),
  works('unknown-ids-refused', 'A request with somebody who is not in the source is refused whole.', {
    deeds: { unknownIds: 'refused' },
  }),
  refused(
    'test',
    'says-no-and-does',
    [
      'Every write says no, and is done.',
      'What an answer says is the contrary of what was done, so that nobody could rely on any of it.',
    ],
    { answers: { writeBody: 'saysNo' } },
  ),
  refused(
    'test',
    'says-no-and-does-not',
    ['Every write says no under 200, and does nothing.', 'Nothing is ever written.'],
    { answers: { writeBody: 'saysNo' }, deeds: { move: 'ignores', remove: 'ignores' } },
  ),
];
