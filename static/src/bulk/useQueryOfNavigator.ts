import { view } from '@forge/bridge';
import { useEffect, useState } from 'react';

/**
 * The query of the issue list from which the page was opened; '' where there is none, or where Jira does
 * not tell it. Null until that is known.
 */
export function useQueryOfNavigator(): string | null {
  const [jql, setJql] = useState<string | null>(null);
  useEffect(() => {
    void view.getContext().then(
      ({ extension }) => setJql(jqlIn(extension)),
      () => setJql(''),
    );
  }, []);
  return jql;
}

function jqlIn(extension: unknown): string {
  if (typeof extension !== 'object' || extension === null || !('jql' in extension)) return '';
  return typeof extension.jql === 'string' ? extension.jql : '';
}
