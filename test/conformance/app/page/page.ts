import { invoke } from '@forge/bridge';

const said = document.querySelector('#said');

void invoke('look').then(
  () => said?.replaceChildren('The conformance cases have noted what a resolver is given.'),
  (error: unknown) => said?.replaceChildren(`The resolver failed: ${String(error)}`),
);
