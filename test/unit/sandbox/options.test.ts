import { parseStart } from '../../../sandbox/options';

test('without options everything has its default', () => {
  expect(parseStart([])).toEqual({ kind: 'options', options: { reporters: 142, headless: false, fresh: false } });
});

test('every option is understood', () => {
  const argv =
    '--port 4700 --shorterloop http://127.0.0.1:4800/ --members 100 --segments 5 --seed 7 --reporters 30 --dialect post-manage-users --keep state.json --headless --fresh'.split(
      ' ',
    );
  expect(parseStart(argv)).toEqual({
    kind: 'options',
    options: {
      port: 4700,
      shorterloop: 'http://127.0.0.1:4800',
      members: 100,
      segments: 5,
      seed: 7,
      reporters: 30,
      dialect: 'post-manage-users',
      keep: 'state.json',
      headless: true,
      fresh: true,
    },
  });
});

test('help is asked for', () => {
  expect(parseStart(['--help'])).toEqual({ kind: 'help' });
});

test.each([
  [['--port', 'http'], '--port: a whole number'],
  [['--port', '70000'], '--port: at most 65535'],
  [['--members', '3'], '--members: at least'],
  [['--segments', '1'], '--segments: at least 2'],
  [['--dialect', 'get'], '--dialect:'],
  [['--shorterloop', '127.0.0.1:4800'], '--shorterloop: an address'],
  [['--shorterloop', 'https://api.shorterloop.com'], '--shorterloop: an address'],
  [['--keep', ''], '--keep: the path of a file'],
  [['--nothing'], '--nothing'],
  [['stray'], 'stray'],
])('%j is refused with the option and the reason', (argv, why) => {
  expect(parseStart(argv)).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
});
