import { logFailure } from '../../../../src/usecases/result';

it('a failure is logged by its kind and its frames, whatever its message looks like', () => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  logFailure('here', new TypeError('no answer\n    at ann@company.example (Ann Lee)\n    at all'));
  const [line] = said.mock.calls[0] ?? [];
  const { where, name, at } = JSON.parse(String(line)) as { where: string; name: string; at: string[] };
  expect({ where, name }).toEqual({ where: 'here', name: 'TypeError' });
  expect(at).toHaveLength(5);
  expect(String(line)).not.toContain('ann@');
  logFailure('here', new Error(''));
  expect(JSON.parse(String(said.mock.calls[1]?.[0]))).toMatchObject({
    at: expect.arrayContaining([expect.any(String)]),
  });
});

it.each<[string, unknown, string]>([
  ['no frames', Object.assign(new Error('m'), { stack: 5 }), 'Error'],
  ['no message', Object.assign(new RangeError('m'), { message: undefined }), 'RangeError'],
  ['a text in place of its name', Object.assign(new Error('m'), { name: 'ann@company.example\nAnn' }), 'Error'],
  ['no name', Object.assign(new Error('m'), { name: null }), 'Error'],
  ['nothing of an error', 'ann@company.example', 'string'],
])('a failure with %s is logged as well, and nothing of what it holds', (_what, error, kind) => {
  const said = jest
    .spyOn(console, 'error')
    .mockReset()
    .mockImplementation(() => undefined);
  expect(logFailure('here', error)).not.toBe('');
  const [line] = said.mock.calls[0] ?? [];
  expect(JSON.parse(String(line))).toMatchObject({ where: 'here', name: kind });
  expect(String(line)).not.toContain('ann@');
});
