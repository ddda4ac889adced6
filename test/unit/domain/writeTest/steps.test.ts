import { DEFAULT_PROFILE, formText } from '../../../../src/contract';
import { endsOfStep, formNamed, formsToTry, leftBehindBy, nextTry, stepsOf } from '../../../../src/domain/writeTest';

const input = { memberId: 1, fromSegmentId: 10, toSegmentId: 20, withAdding: true, withRemoving: true };

describe('the steps of a test', () => {
  it('take back what they did, with adding', () => {
    expect(stepsOf(input)).toEqual(['moveThere', 'moveBack', 'add', 'remove']);
    expect(endsOfStep('add', input)).toEqual({ kind: 'add', fromId: null, toId: 20 });
    expect(endsOfStep('remove', input)).toEqual({ kind: 'remove', fromId: 20, toId: null });
    expect(leftBehindBy(input)).toEqual({ leavesIn: [], leavesOutOf: [] });
  });

  it('leave the person out of the source where a removal is tried without adding', () => {
    const removing = { ...input, withAdding: false };
    expect(stepsOf(removing)).toEqual(['moveThere', 'moveBack', 'remove']);
    expect(endsOfStep('remove', removing).fromId).toBe(10);
    expect(leftBehindBy(removing)).toEqual({ leavesIn: [], leavesOutOf: [10] });
  });

  it('leave the person in the target where adding is tried without a removal, and nothing for moving alone', () => {
    expect(leftBehindBy({ ...input, withRemoving: false })).toEqual({ leavesIn: [20], leavesOutOf: [] });
    expect(leftBehindBy({ ...input, withAdding: false, withRemoving: false })).toEqual({
      leavesIn: [],
      leavesOutOf: [],
    });
  });

  it('move there and back between the same two segments', () => {
    expect(endsOfStep('moveThere', input)).toEqual({ kind: 'move', fromId: 10, toId: 20 });
    expect(endsOfStep('moveBack', input)).toEqual({ kind: 'move', fromId: 20, toId: 10 });
  });
});

describe('the forms of a step', () => {
  const { move, remove, add } = DEFAULT_PROFILE.writes;
  const learned = { how: 'learned', atMs: 1 } as const;

  it('are the one that is set and then the other documented ones, each once', () => {
    expect(formsToTry(DEFAULT_PROFILE, 'move').map(formText)).toEqual([
      'PUT /api/v2/segments/{from}/segment-users/{to}',
      'POST /api/v2/segments/{from}/manage-users/{to}',
      'PUT /api/v2/segments/{from}/manage-users/{to}',
      'POST /api/v2/segments/{from}/segment-users/{to}',
    ]);
    expect(formsToTry(DEFAULT_PROFILE, 'remove').map(({ verb }) => verb)).toEqual(['POST', 'PUT']);
    expect(formsToTry(DEFAULT_PROFILE, 'add')).toEqual([add]);
  });

  it('begin with a chosen one, which is no documented one', () => {
    const chosen = { verb: 'PATCH', path: '/v1/{from}/{to}', users: 'ids' } as const;
    const forms = formsToTry({ ...DEFAULT_PROFILE, writes: { move: chosen, remove, add } }, 'move');
    expect(forms[0]).toEqual(chosen);
    expect(forms).toHaveLength(5);
    expect(forms.every(({ users }) => users === 'ids')).toBe(true);
  });

  it('end with a slash first where the paths of this Shorter Loop do, but for one that has worked', () => {
    const { reads, evidence } = DEFAULT_PROFILE;
    const slashed = {
      ...DEFAULT_PROFILE,
      reads: { ...reads, listSegments: { ...reads.listSegments, path: '/api/v2/segments/?limit=9' } },
    };
    expect(formsToTry(slashed, 'remove').map(formText)).toEqual([
      'POST /api/v2/segments/{from}/manage-users/',
      'PUT /api/v2/segments/{from}/manage-users/',
      'POST /api/v2/segments/{from}/manage-users',
      'PUT /api/v2/segments/{from}/manage-users',
    ]);
    const [first] = formsToTry({ ...slashed, evidence: { ...evidence, remove: learned } }, 'remove');
    expect(first).toEqual(remove);
  });

  it('come to an end when all got a clear no', () => {
    const forms = formsToTry(DEFAULT_PROFILE, 'remove');
    const no = (form: string) => ({ form, no: 'form' as const });
    expect(nextTry(forms, 'number', [])).toEqual({ form: remove, ids: 'number' });
    expect(nextTry(forms, 'number', [no(formText(remove))])?.form.verb).toBe('PUT');
    expect(nextTry(forms, 'number', forms.map(formText).map(no))).toBeNull();
    expect(formsToTry(DEFAULT_PROFILE, 'move')[0]).toEqual(move);
  });

  it('are sent with a slash at their end where they were redirected, each once, and then as the others', () => {
    const forms = formsToTry(DEFAULT_PROFILE, 'move');
    const redirect = (form: string) => ({ form, no: 'redirect' as const });
    const slashed = { ...move, path: `${move.path}/` };
    expect(nextTry(forms, 'number', [redirect(formText(move))])).toEqual({ form: slashed, ids: 'number' });
    expect(nextTry(forms, 'number', [redirect(formText(move)), redirect(formText(slashed))])?.form).toEqual(forms[1]);
    expect(nextTry(forms, 'number', [{ form: formText(slashed), no: 'value' }])).toEqual({
      form: slashed,
      ids: 'text',
    });
    expect(formNamed(forms, formText(slashed))).toEqual(slashed);
    expect(formNamed(forms, 'PUT /elsewhere')).toBeNull();
  });

  it('are sent once more with ids written the other way where the values are refused', () => {
    const forms = formsToTry(DEFAULT_PROFILE, 'move');
    const no = { form: formText(move), no: 'value' as const };
    expect(nextTry(forms, 'text', [no])).toEqual({ form: move, ids: 'number' });
    expect(nextTry(forms, 'number', [no])).toEqual({ form: move, ids: 'text' });
    expect(nextTry(forms, 'text', [no, no])).toBeNull();
    expect(nextTry(forms, 'text', [no, { ...no, no: 'form' }])).toEqual({ form: forms[1], ids: 'text' });
  });
});
