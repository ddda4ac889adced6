import { invoke } from '@forge/bridge';

const textResponse = document.querySelector('#said');

void invoke('look').then(
  () => textResponse?.replaceChildren('The conformance cases have noted what a resolver is given.'),
  (error: unknown) => textResponse?.replaceChildren(`The resolver failed: ${String(error)}`),
);
