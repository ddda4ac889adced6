import { actionFormResolver, adminResolver, boardResolver, bulkResolver, panelResolver } from '../../src';

/** The resolver behind each page, with a module of manifest.yml that leads to it. */
export const RESOLVERS = {
  panel: { resolver: panelResolver, moduleKey: 'segments-panel' },
  admin: { resolver: adminResolver, moduleKey: 'segments-admin' },
  board: { resolver: boardResolver, moduleKey: 'segments-board' },
  bulk: { resolver: bulkResolver, moduleKey: 'segments-bulk' },
  action: { resolver: actionFormResolver, moduleKey: 'move-reporter' },
} as const;
