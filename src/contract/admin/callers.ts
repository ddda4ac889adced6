import type { CreatedHook, CreateHookInput, HooksView } from '../hooks';
import type { Answer } from '../panel';

/** The functions of the Callers tab. */
export type CallersDefinitions = {
  'admin.hooks': () => Answer<HooksView>;
  'admin.createHook': (input: CreateHookInput) => Answer<CreatedHook>;
  'admin.revokeHook': (input: { readonly id: string }) => Answer<HooksView>;
};
