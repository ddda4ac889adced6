import type { ChangedMember } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { t } from '../../i18n';
import { Loaded } from '../../shared/Loaded';
import { memberName, segmentsOf } from '../../shared/people';
import { adminProblemText } from '../../shared/problemText';
import { Status } from '../../shared/Status';
import type { Changed } from './useChanged';

/** Whether somebody is still missing from a segment that they were in. */
export function isSomebodyMissing({ state }: Changed): boolean {
  const people = state.phase === 'open' ? state.value : [];
  return people.some(({ change, isBack }) => change === 'missing' && !isBack);
}

/** Who was changed beside a write, where they are now, and what came of putting them back. */
export function ChangedPeople({ changed }: { readonly changed: Changed }) {
  const { state, reload, result, problem } = changed;
  return (
    <>
      <Loaded state={state} label={t('admin.stops.loading')} onReload={reload}>
        {(members) => <People members={members} isPutBack={result !== null} />}
      </Loaded>
      <div role="status">{result !== null && <Result changed={changed} />}</div>
      {problem !== null && <ChangedProblem problem={problem} />}
    </>
  );
}

function People({ members, isPutBack }: { readonly members: readonly ChangedMember[]; readonly isPutBack: boolean }) {
  return (
    <ul className="stop-people" aria-label={t('admin.stops.people')}>
      {members.map((member) => (
        <li key={`${String(member.memberId)} ${String(member.segmentId)} ${member.change}`} className="step-line">
          <span className="grow">{whereText(member)}</span>
          {member.isBack ? (
            <Status tone="success" text={t('admin.stops.back')} />
          ) : (
            isPutBack && <Status tone="danger" text={t('admin.stops.notBack')} />
          )}
        </li>
      ))}
    </ul>
  );
}

function whereText({ memberId, name, segmentId, segmentName, change }: ChangedMember): string {
  const segment = segmentName ?? segmentsOf([], [segmentId])[0]?.name ?? '';
  return t(`admin.stops.${change}`, { who: memberName({ id: memberId, name }), segment });
}

function Result({ changed: { result } }: { readonly changed: Changed }) {
  if (result === null) return null;
  const { back, missing, why } = result;
  return (
    <>
      <p>{t('admin.stops.result', { back: back.length, missing: missing.length })}</p>
      {why !== null && missing.length > 0 && <ChangedProblem problem={why} />}
    </>
  );
}

/** Why something could not be done about them. */
export function ChangedProblem({ problem }: { readonly problem: PageProblem }) {
  const { title, cause, next } = adminProblemText(problem);
  return (
    <div role="alert" className="step-problem">
      <p className="name">{title}</p>
      <p>{cause}</p>
      <p>{next}</p>
    </div>
  );
}
