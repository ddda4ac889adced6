// `npm run contact`: the app meets every server that has a name, from a fresh install, and is compared with the truth.
import { installGlobals } from '../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

async function main(): Promise<void> {
  const { PROFILES, randomProfile } = await import('../../sandbox/shorterloop');
  const { counted, NOTHING_COUNTED, playProfile } = await import('./play');
  const option = (name: string): string | undefined => {
    const at = process.argv.indexOf(name);
    return at === -1 ? undefined : process.argv[at + 1];
  };
  if (process.argv.includes('--list')) {
    for (const { name, about, expected } of PROFILES) console.log(`${name}: ${about} (${expected.kind})`);
    return;
  }
  const only = option('--only');
  const random = Number(option('--random') ?? 0);
  const named = only === undefined ? PROFILES : PROFILES.filter(({ name }) => name.includes(only));
  const chosen = random > 0 ? Array.from({ length: random }, (_value, seed) => randomProfile(seed)) : named;
  let totals = NOTHING_COUNTED;
  for (const one of chosen) {
    const judgement = await playProfile(one);
    totals = counted(totals, one, judgement);
    const { deadEnds, falseStatements, lostPeople, strandedBystanders } = judgement;
    const wrong = Object.entries({ deadEnds, falseStatements, lostPeople, strandedBystanders });
    for (const [what, words] of wrong) for (const one_ of words) console.error(`${one.name}: ${what}: ${one_}`);
  }
  const { profiles, working, refusedRightly, deadEnds, falseStatements, lostPeople, strandedBystanders } = totals;
  console.log(
    process.argv.includes('--json')
      ? JSON.stringify(totals)
      : `${String(profiles)} servers: ${String(working)} work, ${String(refusedRightly)} are refused rightly; ` +
          `${String(deadEnds)} dead ends, ${String(falseStatements)} false statements, ${String(lostPeople)} lost ` +
          `people, ${String(strandedBystanders)} stranded bystanders`,
  );
  process.exitCode = deadEnds + falseStatements + lostPeople + strandedBystanders === 0 ? 0 : 1;
}

void main();
