import { AREAS } from './index';
import type { Mark, Rule } from './rule';

/** docs/platform.md as the rules say it. */
export function platformPage(): string {
  const rules = AREAS.flatMap((area) => Object.values(area.rules));
  const count = (kind: Mark['kind']): number => rules.filter(({ mark }) => mark.kind === kind).length;
  return [
    '# What Forge does, as the sandbox plays it',
    '',
    'Printed by `npm run -s platform -- --write` from `sandbox/forge/rules/`, where the code takes its ' +
      "numbers from. A rule is *documented* by a page of Atlassian's, *measured* on a real site, or " +
      '*assumed*. What is assumed and could change what the app does is played both ways: the integration ' +
      'tests run under each side of the named reading (`FORGE_READINGS=a` and `b`).',
    '',
    `${rules.length} rules: ${count('documented')} documented, ${count('measured')} measured, ` +
      `${count('assumed')} assumed.`,
    ...AREAS.flatMap(({ name, prefix, rules: own }) => [
      '',
      `## ${name}`,
      '',
      '| rule | what Forge does | value | mark |',
      '| --- | --- | --- | --- |',
      ...Object.entries(own).map(([id, rule]) => line(`${prefix}.${id}`, rule)),
    ]),
    '',
  ].join('\n');
}

function line(id: string, { says, value, mark }: Rule): string {
  const shown = value === null ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
  return `| ${[`\`${id}\``, says, shown, markText(mark)].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function markText(mark: Mark): string {
  switch (mark.kind) {
    case 'documented':
      return `[documented](${mark.page})${mark.words === null ? '' : `: “${mark.words}”`}`;
    case 'measured':
      return `measured ${mark.date}`;
    case 'assumed':
      return `assumed${mark.reading === null ? '' : `, reading \`${mark.reading}\``}: ${mark.why}`;
  }
}
