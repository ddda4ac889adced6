import { makeResolver } from '../../usecases/result';
import type { PanelDefinitions } from '../../contract';
import { link, search, unlink } from './links';
import { history } from './history';
import { open, readThrough } from './open';
import { panelFunction } from './request';
import { move, remove, undo } from './writes';

/** The issue panel's resolver: its own root, so that no other entry point's function can be reached through it. */
export const panelResolver = makeResolver<PanelDefinitions>({
  'panel.open': panelFunction('panel.open', open),
  'panel.readThrough': panelFunction('panel.readThrough', readThrough),
  'panel.history': panelFunction('panel.history', history),
  'panel.move': panelFunction('panel.move', move),
  'panel.remove': panelFunction('panel.remove', remove),
  'panel.undo': panelFunction('panel.undo', undo),
  'panel.link': panelFunction('panel.link', link),
  'panel.unlink': panelFunction('panel.unlink', unlink),
  'panel.searchMembers': panelFunction('panel.searchMembers', search),
});
