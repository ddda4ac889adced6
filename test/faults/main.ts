// `npm run faults`: plays every case and prints how many went wrong, in which way.
import { installGlobals } from '../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

async function main(): Promise<void> {
  const { allCases, playCase } = await import('./cases');
  const asJson = process.argv.includes('--json');
  const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
  const cases = allCases().filter(({ name }) => only === undefined || name.includes(only));
  const totals = { cases: 0, wrongOutcomes: 0, lostMembers: 0, unreportedWrites: 0 };
  for (const one of cases) {
    const { wrongOutcomes, lostMembers, unreportedWrites } = await playCase(one);
    totals.cases += 1;
    totals.wrongOutcomes += wrongOutcomes.length;
    totals.lostMembers += lostMembers.length;
    totals.unreportedWrites += unreportedWrites.length;
    const wrong = [...wrongOutcomes, ...lostMembers, ...unreportedWrites];
    if (wrong.length > 0) console.error(`${one.name}: ${wrong.join('; ')}`);
  }
  const { wrongOutcomes, lostMembers, unreportedWrites } = totals;
  console.log(
    asJson
      ? JSON.stringify(totals)
      : `${totals.cases} cases: ${wrongOutcomes} wrong outcomes, ${lostMembers} lost members, ${unreportedWrites} unreported writes`,
  );
  process.exitCode = wrongOutcomes + lostMembers + unreportedWrites === 0 ? 0 : 1;
}

void main();
