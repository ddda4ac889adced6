import { createJira } from '../../../sandbox/jira';
import { placesOf, welcomeText } from '../../../sandbox/places';
import { createSimulator } from '../../../sandbox/shorterloop';

const simulator = createSimulator({ members: 60 });
const jira = createJira({ members: simulator.truth.snapshot().members });
const { key, initiativeId } = simulator;
const welcome = { url: 'http://127.0.0.1:4711', jira, connection: { key, initiativeId } };

test('whoever starts it reads where it is, who is there, and what is worth seeing', () => {
  const lines = welcomeText({ ...welcome, isFresh: false }).split('\n');
  expect(lines[0]).toBe('Ready: http://127.0.0.1:4711');
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}Jonas Lindqvist +Jira admin: /));
  for (const { path, text } of placesOf(jira, false)) {
    const at = lines.indexOf(`    http://127.0.0.1:4711${path}`);
    expect(lines[at - 1]).toBe(`  ${text}`);
  }
  expect(lines.join()).not.toContain(key);
});

test('a fresh installation begins with connecting, for which key and initiative are said', () => {
  const text = welcomeText({ ...welcome, isFresh: true });
  expect(text).toMatch(new RegExp(`API key +${key}\n +Initiative id +${initiativeId}\n`));
  const [first] = placesOf(jira, true);
  expect(first).toEqual({ path: '/admin/as-admin', text: expect.stringContaining('as Jonas Lindqvist: connect') });
});
