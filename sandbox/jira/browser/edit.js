/** The browser side of creating an issue, changing who reports it and deleting it. */
async function send(path, body, room) {
  const error = room.querySelector('[data-edit-error]');
  error.textContent = '';
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) error.textContent = answer.error;
  return response.ok ? answer : null;
}

for (const form of document.querySelectorAll('[data-create-issue]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const created = await send('/__sandbox/issues', Object.fromEntries(new FormData(form)), form);
    if (created !== null) location.assign(`/browse/${created.key}`);
  });
}

for (const room of document.querySelectorAll('[data-edit-issue]')) {
  const issueKey = room.dataset.editIssue;
  room.querySelector('[data-change-reporter]').addEventListener('click', async () => {
    const reporterAccountId = room.querySelector('select').value || null;
    const changed = await send('/__sandbox/issues/reporter', { issueKey, reporterAccountId }, room);
    if (changed !== null) location.reload();
  });
  room.querySelector('[data-delete-issue]')?.addEventListener('click', async () => {
    const deleted = await send('/__sandbox/issues/delete', { issueKey }, room);
    if (deleted !== null) location.assign('/issues');
  });
}
