import type { Result } from '../result';

/** Where the panel may be pinned: a project, and whether it is; null where Jira does not tell. */
export type PanelPlace = {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly isPinned: boolean | null;
};

/** The projects that the admin may browse, by name; `isAll` false where there are more than are listed. */
export type PanelsView = { readonly projects: readonly PanelPlace[]; readonly isAll: boolean };

/** How many projects are listed. */
export const MAX_PROJECTS_LISTED = 500;

/** To which projects the panel is to be pinned, or from which it is to be unpinned. */
export type PinPanelsInput = { readonly action: 'pin' | 'unpin'; readonly projectIds: readonly string[] };

/** What Jira does with it by itself: how far it has come, in per cent. */
export type PinTask = { readonly state: 'running' | 'done' | 'failed'; readonly percent: number };

/** The functions with which an admin pins the panel to projects. */
export type PanelsDefinitions = {
  'admin.panels': () => Result<PanelsView>;
  'admin.pinPanels': (input: PinPanelsInput) => Result<{ readonly taskId: string }>;
  'admin.pinTask': (input: { readonly taskId: string }) => Result<PinTask>;
};
