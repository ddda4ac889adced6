/**
 * The browser side of `/issues`: opens the app's action on what is selected. Its context has the assumed
 * names `issueKeys`, `filterId` and `jql`; what does not apply is left out, which is assumed.
 */
import { mountIn } from './jira.js';

const button = document.querySelector('[data-navigator-action]');
const room = document.querySelector('[data-navigator-room]');
const { moduleKey, title, jql, filterId } = JSON.parse(button.dataset.navigatorAction);
let unmount = () => undefined;

button.addEventListener('click', () => {
  unmount();
  const issueKeys = [...document.querySelectorAll('[data-select]:checked')].map((box) => box.dataset.select);
  const extension = {
    type: 'jira:issueNavigatorAction',
    ...(issueKeys.length === 0 ? {} : { issueKeys }),
    ...(filterId === null ? {} : { filterId: Number(filterId) }),
    jql,
  };
  unmount = mountIn(room, { moduleKey, title, extension });
});
