import { createIssueEvents } from '../../../../sandbox/forge/issueEvents';
import type { IssueEvent } from '../../../../sandbox/forge/productEvents';

const event = (key: string): IssueEvent => ({
  eventType: 'avi:jira:created:issue',
  selfGenerated: false,
  timestamp: '1767603600000',
  issue: { id: key, key, fields: {} },
});
let got: string[];
const events = createIssueEvents(async ({ issue }) => void got.push(issue.key), 1);
beforeEach(() => {
  got = [];
  events.reset();
});

test('an event arrives beside whoever caused it', async () => {
  events.publish(event('A-1'));
  expect(got).toEqual([]);
  await events.idle();
  expect(got).toEqual(['A-1']);
});

test('events may be late, come twice, and be lost', async () => {
  events.setDelivery({
    copies: ({ issue }) => (issue.key === 'A-1' ? 2 : 1),
    delaySeconds: ({ issue }) => (issue.key === 'A-1' ? 20 : 0),
    loses: ({ issue }) => issue.key === 'A-3',
  });
  for (const key of ['A-1', 'A-2', 'A-3']) events.publish(event(key));
  await events.idle();
  expect(got).toEqual(['A-2', 'A-1', 'A-1']);
});

test('after a reset nothing that is on its way arrives', async () => {
  events.publish(event('A-1'));
  events.reset();
  await events.idle();
  expect(got).toEqual([]);
});
