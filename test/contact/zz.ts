import { installGlobals } from '/work/wt/contact/sandbox/forge/inProcess';
installGlobals();
async function main() {
  const { PROFILES } = await import('/work/wt/contact/sandbox/shorterloop');
  const { FOREIGN_PROFILES } = await import('/work/wt/contact/sandbox/shorterloop/profiles/foreign');
  const { playProfile } = await import('/work/wt/contact/test/contact/play');
  const names = process.argv.length > 2 ? process.argv.slice(2) : FOREIGN_PROFILES.map(({ name }) => name);
  let ok = 0;
  for (const one of PROFILES.filter(({ name }) => names.includes(name))) {
    const start = Date.now();
    try {
      const j = await playProfile(one);
      const words = [...j.deadEnds.map((w) => 'DEAD ' + w), ...j.falseStatements.map((w) => 'FALSE ' + w), ...j.lostPeople.map((w) => 'LOST ' + w), ...j.strandedBystanders.map((w) => 'STRAND ' + w)];
      const came = j.came === (one.expected.kind === 'works' ? 'working' : 'refused');
      if (words.length === 0 && came) ok += 1;
      else console.log(`${one.name} (${one.expected.kind}, came ${j.came}):\n   ${words.slice(0, 4).join('\n   ')}`.slice(0, 1400));
    } catch (e) { console.log(one.name, 'THREW', e instanceof Error ? e.stack?.slice(0, 600) : e); }
    if (Date.now() - start > 20000) console.log(one.name, 'slow', Date.now() - start);
  }
  console.log('fine', ok);
}
void main();
