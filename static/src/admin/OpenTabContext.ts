import { createContext, useContext } from 'react';

/** Opens a tab of the admin page by its id; where there is no such page, nothing. */
export const OpenTabContext = createContext<(id: string) => void>(() => undefined);

/** The way from a tab to another one. */
export function useOpenTab(): (id: string) => void {
  return useContext(OpenTabContext);
}
