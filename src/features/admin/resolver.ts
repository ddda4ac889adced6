import { makeResolver } from '../../usecases/result';
import type { AdminDefinitions } from '../../contract';
import { loadAccess } from './access/load';
import { loadJql, saveJql } from './access/jql';
import { loadProjects, saveProjects } from './access/projects';
import { saveAccess } from './access/save';
import { accessQuestion, keepAccess } from './access/question';
import { searchGroups } from './access/searchGroups';
import { testAs } from './access/testAs';
import { createApiClient, apiClients, revokeApiClient } from './apiClients/apiClients';
import { check } from './connection/check';
import { putBack } from './connection/putBack';
import { save } from './connection/save';
import { changedMembers, resumeWrites } from './connection/stops';
import { planTest, provingGround } from './connection/testPlan';
import { testStep } from './connection/testStep';
import { load } from './connection/view';
import { directory, refreshDirectory } from './people/directory';
import { field, saveField } from './field/field';
import { dismissChange, dismissChanges, dismissStrays } from './health/dismiss';
import { retryChange } from './health/retry';
import { health } from './health/view';
import { hintAddress, rotateHint } from './hint/address';
import { ledgerExport } from './ledger/export';
import { ledgerPage } from './ledger/page';
import { retention, saveRetention } from './ledger/retention';
import { panels, pinPanels, pinTask } from './panels/panels';
import { privacyView } from './privacy/view';
import { exportLinks } from './people/exportLinks';
import { findMembers } from './people/findMembers';
import { identity, identityQuestion, saveIdentity } from './people/identity';
import { checkImport, importLinks } from './people/importLinks';
import { linkReporter, reporter, unlinkReporter } from './people/lookup';
import { dismissReporter, review, setAutomatic, steerSync, sync } from './people/sync';
import { adminFunction } from './request';
import { emptySegment } from './segments/empty';
import { listSegments } from './segments/list';
import { manageSegments } from './segments/manage';

/** The admin page's resolver: its own root, and each function behind the question whether the user administers Jira. */
export const adminResolver = makeResolver<AdminDefinitions>({
  // Connection
  'admin.load': adminFunction('admin.load', load),
  'admin.save': adminFunction('admin.save', save),
  'admin.check': adminFunction('admin.check', check),
  'admin.provingGround': adminFunction('admin.provingGround', provingGround),
  'admin.planTest': adminFunction('admin.planTest', planTest),
  'admin.testStep': adminFunction('admin.testStep', testStep),
  'admin.changedMembers': adminFunction('admin.changedMembers', changedMembers),
  'admin.putBack': adminFunction('admin.putBack', putBack),
  'admin.resumeWrites': adminFunction('admin.resumeWrites', resumeWrites),
  // People
  'admin.identityQuestion': adminFunction('admin.identityQuestion', identityQuestion),
  'admin.identity': adminFunction('admin.identity', identity),
  'admin.saveIdentity': adminFunction('admin.saveIdentity', saveIdentity),
  'admin.sync': adminFunction('admin.sync', sync),
  'admin.setAutomatic': adminFunction('admin.setAutomatic', setAutomatic),
  'admin.steerSync': adminFunction('admin.steerSync', steerSync),
  'admin.review': adminFunction('admin.review', review),
  'admin.dismissReporter': adminFunction('admin.dismissReporter', dismissReporter),
  'admin.reporter': adminFunction('admin.reporter', reporter),
  'admin.findMembers': adminFunction('admin.findMembers', findMembers),
  'admin.linkReporter': adminFunction('admin.linkReporter', linkReporter),
  'admin.unlinkReporter': adminFunction('admin.unlinkReporter', unlinkReporter),
  'admin.checkImport': adminFunction('admin.checkImport', checkImport),
  'admin.importLinks': adminFunction('admin.importLinks', importLinks),
  'admin.exportLinks': adminFunction('admin.exportLinks', exportLinks),
  'admin.directory': adminFunction('admin.directory', directory),
  'admin.refreshDirectory': adminFunction('admin.refreshDirectory', refreshDirectory),
  // Segments
  'admin.segments': adminFunction('admin.segments', listSegments),
  'admin.manage': adminFunction('admin.manage', manageSegments),
  'admin.emptySegment': adminFunction('admin.emptySegment', emptySegment),
  // Access
  'admin.loadAccess': adminFunction('admin.loadAccess', loadAccess),
  'admin.saveAccess': adminFunction('admin.saveAccess', saveAccess),
  'admin.accessQuestion': adminFunction('admin.accessQuestion', accessQuestion),
  'admin.keepAccess': adminFunction('admin.keepAccess', keepAccess),
  'admin.searchGroups': adminFunction('admin.searchGroups', searchGroups),
  'admin.loadProjects': adminFunction('admin.loadProjects', loadProjects),
  'admin.saveProjects': adminFunction('admin.saveProjects', saveProjects),
  'admin.loadJql': adminFunction('admin.loadJql', loadJql),
  'admin.saveJql': adminFunction('admin.saveJql', saveJql),
  'admin.panels': adminFunction('admin.panels', panels),
  'admin.pinPanels': adminFunction('admin.pinPanels', pinPanels),
  'admin.pinTask': adminFunction('admin.pinTask', pinTask),
  'admin.field': adminFunction('admin.field', field),
  'admin.saveField': adminFunction('admin.saveField', saveField),
  'admin.testAs': adminFunction('admin.testAs', testAs),
  // API clients
  'admin.apiClients': adminFunction('admin.apiClients', apiClients),
  'admin.createApiClient': adminFunction('admin.createApiClient', createApiClient),
  'admin.revokeApiClient': adminFunction('admin.revokeApiClient', revokeApiClient),
  // Ledger
  'admin.ledgerPage': adminFunction('admin.ledgerPage', ledgerPage),
  'admin.ledgerExport': adminFunction('admin.ledgerExport', ledgerExport),
  'admin.retention': adminFunction('admin.retention', retention),
  'admin.saveRetention': adminFunction('admin.saveRetention', saveRetention),
  // Health
  'admin.health': adminFunction('admin.health', health),
  'admin.hintAddress': adminFunction('admin.hintAddress', hintAddress),
  'admin.rotateHint': adminFunction('admin.rotateHint', rotateHint),
  'admin.retryChange': adminFunction('admin.retryChange', retryChange),
  'admin.dismissChange': adminFunction('admin.dismissChange', dismissChange),
  'admin.dismissChanges': adminFunction('admin.dismissChanges', dismissChanges),
  'admin.dismissStrays': adminFunction('admin.dismissStrays', dismissStrays),
  // Privacy
  'admin.privacy': adminFunction('admin.privacy', privacyView),
});
