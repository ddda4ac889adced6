import { requestJira } from '@forge/bridge';
import { useEffect, useState } from 'react';

/**
 * Whether the viewer administers Jira, once there is a reason to know it. Asked by the page and as its viewer: it only
 * decides whether a link is shown.
 * @see
 *   https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get
 */
export function useIsAdmin(isNeeded: boolean): boolean {
  const [isAdmin, setAdmin] = useState(false);
  useEffect(() => {
    if (!isNeeded) return;
    let isCurrent = true;
    void readIsAdmin().then((answer) => {
      if (isCurrent) setAdmin(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [isNeeded]);
  return isAdmin && isNeeded;
}

async function readIsAdmin(): Promise<boolean> {
  try {
    const response = await requestJira('/rest/api/3/mypermissions?permissions=ADMINISTER');
    if (!response.ok) return false;
    const body = JSON.stringify(await response.json());
    return /"ADMINISTER":\{[^{}]*"havePermission":true/.test(body);
  } catch {
    return false;
  }
}
