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
