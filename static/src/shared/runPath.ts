/** The bulk page's key in manifest.yml. */
export const BULK_MODULE = 'segments-bulk';

/** Where a run is within the bulk page. */
export function runPath(runId: string): string {
  return `/runs/${runId}`;
}

/** The run that a place within the bulk page names; null for any other place, which is the list's. */
export function runIdAt(path: string): string | null {
  const [folder, runId] = path.split('/').filter((part) => part !== '');
  return folder === 'runs' && runId !== undefined ? runId : null;
}
