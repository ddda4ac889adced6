import type { CheckReport, LedgerEntry, WriteKind } from '../../src/contract';
import type { NamedProfile, Simulator } from '../../sandbox/shorterloop';
import { isDeepStrictEqual } from 'node:util';
import type { Site } from '../support/site';
import { latenessOf, type ContactLab } from './lab';
import { isUnusable } from './places';
import { wrongOutcomes } from './statements';
import type { Mistyped, Visit } from './visit';

/** What was wrong about a visit; all empty where nothing was. */
export type Findings = {
  readonly deadEnds: readonly string[];
  readonly falseStatements: readonly string[];
  readonly lostPeople: readonly string[];
  readonly strandedBystanders: readonly string[];
};

/** What a visit came to. */
export type Judgement = Findings & { readonly came: 'working' | 'refused' };

/** Compares what the app said and did with what is true, once everything has had its time. */
export function judge(
  { named, site }: ContactLab,
  told: Visit,
  mistyped: Mistyped,
  ledger: readonly LedgerEntry[],
): Judgement {
  const { simulator } = site;
  const dead = [...deadEnds(named, site, told), ...circles(mistyped)];
  return {
    came: dead.length === 0 ? 'working' : 'refused',
    deadEnds: named.expected.kind === 'works' ? dead : speechless(told),
    falseStatements: [...wrongStatements(named, simulator, told, ledger), ...wrongKeyStatements(mistyped)],
    ...losses(simulator, told, ledger),
  };
}

/** Everything that was said and was not so, of the check, of the test, and of writes. */
export function wrongStatements(
  named: NamedProfile,
  simulator: Simulator,
  told: Told,
  ledger: readonly LedgerEntry[],
): string[] {
  return [
    ...told.wrong,
    ...ledger.flatMap((entry) =>
      wrongOutcomes(simulator.truth, entry, 'ledger', { latenessMs: latenessOf({ named }), rows: ledger }),
    ),
    ...wrongProofs(named, told),
    ...told.checked.reports.flatMap((report) => wrongCounts(named, simulator, report)),
  ];
}

/** What was told, as far as it can be true or not. */
export type Told = Pick<Visit, 'wrong' | 'checked' | 'tested' | 'proofs'>;

/** Everything that keeps a server from being used; empty where all works that should. */
function deadEnds(named: NamedProfile, site: Site, told: Visit): string[] {
  const { checked, tested, testProblem, proofs, written, run, added } = told;
  const last = checked.reports.at(-1);
  if (told.saved !== null) return [`the settings were refused: ${JSON.stringify(told.saved)}`];
  if (checked.problem !== null) return [`the check: ${JSON.stringify(checked.problem)}`];
  if (checked.stuck !== null) return [`the check: ${checked.stuck}`];
  if (named.server.people.segments === 0) return last?.state === 'empty' ? [] : [`no segments: ${String(last?.state)}`];
  if (last?.state !== 'proven')
    return [`the check ended ${String(last?.state)}: ${JSON.stringify(last?.lines.at(-1))}`];
  if (testProblem !== null) return [`the test: ${JSON.stringify(testProblem)}`];
  const unproven = wantedWrites(named).filter((kind) => proofs[kind] === undefined);
  if (unproven.length > 0) return [`not proven: ${unproven.join(', ')}; ${summaryOf(tested)}`];
  return [
    ...written
      .filter(({ ended }) => ended !== 'finished confirmed readBackAgrees')
      .map(({ kind, problem, ended }) => `panel ${kind}: ${String(ended)} ${JSON.stringify(problem)}`),
    ...runEnds(run, (id) => isUnusable(site, id)),
    ...(proofs.add === undefined ? [] : runEnds(added, (id) => isUnusable(site, id))),
  ];
}

function runEnds(run: Visit['run'], isUnusableSegment: (id: number) => boolean): string[] {
  if (run === null) return ['there was no run'];
  if (run.problem !== null) return [`the run: ${JSON.stringify(run.problem)}`];
  if (run.view?.state !== 'finished')
    return [`the run ended ${String(run.view?.state)} ${JSON.stringify(run.view?.pause)}`];
  const due = run.people
    .filter(({ verdict }) => verdict === 'willWrite')
    // Whoever is where nothing can be read as it should be stays there.
    .filter(({ from }) => from === null || !isUnusableSegment(from.id));
  const done = due.filter(({ result }) => result === 'confirmed');
  const others = due
    .filter(({ result }) => result !== 'confirmed')
    .map(({ result, reason }) => `${String(result)} ${String(reason)}`);
  return done.length > 0 && others.length === 0
    ? []
    : [`the run: ${String(done.length)} of ${String(due.length)}; ${others.join(', ')}`];
}

/** The writes that have to be proven: moves, and what else the server really can. */
function wantedWrites({ server, expected }: NamedProfile): WriteKind[] {
  if (expected.kind === 'refused') return ['move'];
  return (['move', 'remove', 'add'] as const).filter(
    (kind) => kind === 'move' || (server.routes[kind].length > 0 && expected.without[kind] === undefined),
  );
}

function summaryOf(tested: Visit['tested']): string {
  return tested
    .map(({ step, answer }) =>
      answer.kind === 'problem'
        ? `${step} ${JSON.stringify(answer.problem)}`
        : `${step} ${answer.value.entry.state} ${answer.value.entry.members.map((one) => `${String(one.outcome)} ${String(one.reason)}`).join()}`,
    )
    .join('; ');
}

/** A refusal without a word of why is a dead end as well. */
function speechless({ checked, tested, testProblem }: Visit): string[] {
  const last = checked.reports.at(-1);
  if (checked.problem !== null || checked.stuck !== null) return [];
  if (last?.state === 'proven') return tested.length > 0 || testProblem !== null ? [] : ['the test says nothing'];
  return last === undefined || last.lines.length === 0 ? ['the check says nothing'] : [];
}

/** Kinds of writes that count as proven though their server does something else. */
function wrongProofs({ expected, server }: NamedProfile, { proofs, checked }: Told): string[] {
  const honest = new Set(['honest', 'firstOnly', 'firstTen']);
  const wrong = (['move', 'remove', 'add'] as const).filter(
    (kind) => proofs[kind] !== undefined && !honest.has(server.deeds[kind]),
  );
  const isCheckWrong =
    expected.kind === 'refused' && expected.at === 'check' && checked.reports.at(-1)?.state === 'proven';
  return [
    ...wrong.map((kind) => `${kind} counts as proven, and is ${server.deeds[kind]}`),
    ...(isCheckWrong ? [`the check passed: ${expected.why}`] : []),
  ];
}

/** A key that is no key is not accepted, whatever it was answered with. */
function wrongKeyStatements({ checked }: Mistyped): string[] {
  return checked.reports.flatMap(({ state, lines }) => [
    ...(state === 'proven' || state === 'empty' ? [`a wrong key: ${state}`] : []),
    ...lines.filter(({ code }) => code === 'keyAccepted').map(() => 'a wrong key is said to be accepted'),
  ]);
}

/** Whoever has mistyped the key comes as far as whoever has not. */
function circles({ corrected, after }: Mistyped): string[] {
  if (corrected !== null) return [`after a wrong key the right one is refused: ${JSON.stringify(corrected)}`];
  const state = after?.reports.at(-1)?.state;
  return state === 'proven' || state === 'empty' ? [] : [`after a wrong key the check ends ${String(state)}`];
}

/** How many segments a report says that there are, where it says that it has read them. */
function wrongCounts({ server }: NamedProfile, { segments }: Simulator, { state, lines }: CheckReport): string[] {
  if (state !== 'proven') return [];
  return lines
    .filter((line) => line.code === 'listed')
    .filter(
      (line) =>
        line.segments !== segments.length - (server.routes.list === server.routes.all ? server.bad.forbidden : 0),
    )
    .map((line) => `${String(line.segments)} segments are told, and there are ${String(segments.length)}`);
}

/** Whoever is in fewer segments than they were, and is named nowhere: those who were written about, and others. */
export function losses(
  { truth, testing }: Simulator,
  told: Told,
  ledger: readonly LedgerEntry[],
): Pick<Findings, 'lostPeople' | 'strandedBystanders'> {
  const asked = new Set(truth.writes().flatMap((write) => write.asked));
  const lost: string[] = [];
  const stranded: string[] = [];
  for (const memberId of new Set(truth.initial.flatMap(({ memberIds }) => memberIds))) {
    if (testing?.memberIds.includes(memberId) === true) continue;
    const before = truth.initial.filter(({ memberIds }) => memberIds.includes(memberId)).map(({ id }) => id);
    const now = truth.membershipsOf(memberId);
    if (now.length >= before.length) continue;
    const gone = before.filter((id) => !now.includes(id));
    const unnamed = gone.filter((segmentId) => !isNamed(memberId, segmentId, told, ledger));
    // Those who were moved are not gone; one of the segments that they left is where they were moved from.
    if (unnamed.length === 0) continue;
    const words = `${String(memberId)} was in ${before.join()} and is in ${now.join()}`;
    (asked.has(memberId) ? lost : stranded).push(words);
  }
  return { lostPeople: lost, strandedBystanders: stranded };
}

/** Whether something that was told says that somebody left a segment. */
function isNamed(memberId: number, segmentId: number, { tested }: Told, ledger: readonly LedgerEntry[]): boolean {
  const entries = [...ledger, ...tested.flatMap(({ answer }) => (answer.kind === 'ok' ? [answer.value.entry] : []))];
  const isTestPerson = tested.some(
    ({ answer }) =>
      answer.kind === 'ok' &&
      answer.value.leftOthers.includes(segmentId) &&
      answer.value.entry.members.some((one) => one.memberId === memberId),
  );
  return (
    isTestPerson ||
    entries.some(
      ({ from, members, strays }) =>
        (strays?.missing ?? []).some((one) => isDeepStrictEqual(one, { memberId, segmentId })) ||
        (from?.id === segmentId &&
          members.some(
            (one) =>
              one.memberId === memberId &&
              (one.outcome === 'confirmed' || one.reason === 'inNeither' || one.outcome === 'unknown'),
          )),
    )
  );
}
