import path from 'node:path';
import { atlassianFindings } from './atlassian';
import { problemsOf } from './doors';
import { readDoors } from './readDoors';

/** Findings that are meant. Each must occur, or the check asks for it to be taken off. */
const ALLOWED: string[] = [];

async function main(): Promise<void> {
  const doors = problemsOf(readDoors(process.cwd()));
  const atlassian = await atlassianFindings(path.join(__dirname, 'jira-operations.json'), ALLOWED);
  const problems = [...doors, ...atlassian];
  for (const line of problems) console.error(line);
  console.log(problems.length === 0 ? 'Manifest check: nothing found' : `Manifest check: ${String(problems.length)} found`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

void main();
