import { makeResolver } from '../../usecases/result';
import type { PanelDefinitions } from '../../contract';
import { link, search, unlink } from './links';
import { history } from './history';
import { invite } from './invite';
import { others } from './others';
import { open, readThrough } from './open';
import { panelFunction } from './request';
import { add, move, remove, undo } from './writes';

/** The issue panel's resolver: its own root, so that no other entry point's function can be reached through it. */
export const panelResolver = makeResolver<PanelDefinitions>({
  'panel.open': panelFunction('panel.open', open),
  'panel.readThrough': panelFunction('panel.readThrough', readThrough),
  'panel.history': panelFunction('panel.history', history),
  'panel.move': panelFunction('panel.move', move),
  'panel.others': panelFunction('panel.others', others),
  'panel.remove': panelFunction('panel.remove', remove),
  'panel.add': panelFunction('panel.add', add),
  'panel.invite': panelFunction('panel.invite', invite),
  'panel.undo': panelFunction('panel.undo', undo),
  'panel.link': panelFunction('panel.link', link),
  'panel.unlink': panelFunction('panel.unlink', unlink),
  'panel.searchMembers': panelFunction('panel.searchMembers', search),
});
