import Button from '@atlaskit/button/new';
import type { ChangedMember, WriteStop } from '@contract';
import { t } from '../../i18n';
import { Loaded } from '../../shared/Loaded';
import { Message } from '../../shared/Message';
import { memberName, segmentsOf } from '../../shared/people';
import { adminProblemText } from '../../shared/problemText';
import { Status } from '../../shared/Status';
import { Time } from '../../shared/Time';
import { useChanged, type Changed } from './useChanged';

type StopCardProps = {
  readonly stop: WriteStop;
  /** Called when the kind may be tested again. */
  readonly onResumed: () => void;
};

/** A kind of write that rests: since when, who was changed beside it, and what can be done. */
export function StopCard({ stop, onResumed }: StopCardProps) {
  const changed = useChanged(stop);
  const { running, problem, state } = changed;
  const people = state.phase === 'open' ? state.value : [];
  const isMissing = people.some(({ change, isBack }) => change === 'missing' && !isBack);
  const resume = async () => {
    if (await changed.resume()) onResumed();
  };
  return (
    <Message
      tone="error"
      title={t('admin.stops.title', { kind: t(`problems.writeKinds.${stop.kind}`) })}
      actions={
        <>
          {isMissing && (
            <Button
              appearance="primary"
              spacing="compact"
              isLoading={running === 'putBack'}
              isDisabled={running === 'resume'}
              onClick={() => void changed.putBack()}
            >
              {t('admin.stops.putBack')}
            </Button>
          )}
          <Button
            spacing="compact"
            isLoading={running === 'resume'}
            isDisabled={running === 'putBack'}
            onClick={() => void resume()}
          >
            {t('admin.stops.resume')}
          </Button>
        </>
      }
    >
      <p>{t('admin.stops.why', { count: stop.strays.count })}</p>
      <p className="subtle small">
        {t('admin.stops.since')} <Time atMs={stop.atMs} />
      </p>
      <Loaded state={state} label={t('admin.stops.loading')} onReload={changed.reload}>
        {(members) => <People members={members} isPutBack={changed.result !== null} />}
      </Loaded>
      <div role="status">{changed.result !== null && <Result changed={changed} />}</div>
      {problem !== null && <Problem problem={problem} />}
      <p className="small">{t('admin.stops.resumeHint')}</p>
    </Message>
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
      {why !== null && missing.length > 0 && <Problem problem={why} />}
    </>
  );
}

function Problem({ problem }: { readonly problem: NonNullable<Changed['problem']> }) {
  const { title, cause, next } = adminProblemText(problem);
  return (
    <div role="alert" className="step-problem">
      <p className="name">{title}</p>
      <p>{cause}</p>
      <p>{next}</p>
    </div>
  );
}
