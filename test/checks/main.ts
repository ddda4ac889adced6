import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { atlassianFindings } from './atlassian';
import { problemsOf } from './entryPoints';
import { readEntryPoints } from './readEntryPoints';
import { serverFindings } from './serverLint';

/** Findings that are meant. Each must occur, or the check asks for it to be taken off. */
const ALLOWED: string[] = [];

async function problemsOfProject(): Promise<string[]> {
  const entryPoints = problemsOf(readEntryPoints(process.cwd()));
  return [
    ...entryPoints,
    ...problemsOfFile('manifest.yml'),
    ...(await atlassianFindings(path.join(__dirname, 'jira-operations.json'), ALLOWED)),
  ];
}

/** What the server would refuse about one manifest, whichever; nothing else of its app is looked at. */
function problemsOfFile(file: string): string[] {
  try {
    return serverFindings(parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return [`${file} can't be read (${error instanceof Error ? error.message : 'unknown'}): name a manifest in YAML`];
  }
}

async function main(file: string | undefined): Promise<void> {
  const problems = file === undefined ? await problemsOfProject() : problemsOfFile(file);
  for (const line of problems) console.error(line);
  console.log(
    problems.length === 0 ? 'Manifest check: nothing found' : `Manifest check: ${String(problems.length)} found`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}

void main(process.argv[2]);
