import { profileNamed, type NamedProfile } from '../../sandbox/shorterloop';
import { playProfile } from './play';

/** One server of each kind; `npm run contact` plays all of them. */
const SOME = [
  'default-with-adding',
  'manage-by-put',
  'key-bare',
  'data-rows',
  'ids-as-text',
  'row-ids',
  'no-one',
  'pages-next-page',
  'queue-20s',
  'move-copies',
  'remove-replaces',
  'rest-without-moves',
  'invite',
  'former-deleted',
  'folders',
  'keyed-only-all',
  'limit-by-403',
  'pages-members-overlap',
  'pages-odata',
  'pages-skip-counts-pages',
  'segments-twice',
  'unknown-is-403',
  'unknown-is-home-all-only',
] as const;

describe('first contact', () => {
  it.each(SOME)('with %s ends as it can, and nobody is lost', async (name) => {
    const named = profileNamed(name);
    if (named === undefined) throw new Error(`There is no server ${name}`);
    expect(await playProfile(named)).toEqual({
      came: cameOf(named),
      deadEnds: [],
      falseStatements: [],
      lostPeople: [],
      strandedBystanders: [],
    });
  });
});

function cameOf({ expected }: NamedProfile): 'working' | 'refused' {
  return expected.kind === 'works' ? 'working' : 'refused';
}
