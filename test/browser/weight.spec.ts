import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readManifest } from '../../sandbox/forge/manifest';
import { firstLoad, MOST_BYTES, weightFault } from '../checks/pageWeight';

const ROOT = path.join(__dirname, '../..');

// Needs the built pages, as every test of this folder does, and no browser.
test('panel and context are light enough to stand on every work item', () => {
  const { modules } = readManifest(ROOT);
  const onIssues = modules.filter(({ type }) => type === 'jira:issuePanel' || type === 'jira:issueContext');
  const pages = [...new Set(onIssues.map(({ resource }) => String(resource)))];
  expect(pages.length).toBeGreaterThan(0);
  const files = pages.flatMap((page) => firstLoad(path.join(ROOT, 'static/dist', page)));
  const parts = path.join(ROOT, 'static/dist/parts');
  expect(weightFault(files, parts)).toBeNull();
  // The gate can fail, and says what the pages are made of.
  expect(weightFault(files, parts, MOST_BYTES / 2)).toContain('react-dom');
});
