import Heading from '@atlaskit/heading';
import type { ConnectionView, Ladder as LadderStates, ProofName } from '@contract';
import { t } from '../../i18n';
import { Status } from '../../shared/Status';
import type { StatusTone } from '../../shared/tone';
import { Time } from '../../shared/Time';

type Rung = keyof LadderStates;
const RUNGS: readonly Rung[] = ['looking', 'moving', 'removing', 'adding'];
const TONES: Readonly<Record<LadderStates[Rung], StatusTone>> = {
  on: 'success',
  untested: 'neutral',
  stopped: 'danger',
};

/** What the app may do by now, rung by rung, and what each rung is for. */
export function Ladder({ view }: { readonly view: ConnectionView }) {
  return (
    <section className="group check">
      <Heading as="h2" size="small">
        {t('admin.connection.ladder.title')}
      </Heading>
      <p>{t('admin.connection.ladder.intro')}</p>
      <ol className="steps" aria-label={t('admin.connection.ladder.title')}>
        {RUNGS.map((rung) => {
          const state = view.ladder[rung];
          const provenAtMs = provenAt(view, rung);
          return (
            <li key={rung} className="step">
              <div className="step-line">
                <span className="grow name">{t(`admin.connection.ladder.rungs.${rung}`)}</span>
                <Status tone={TONES[state]} text={t(`admin.connection.ladder.states.${state}`)} />
              </div>
              <p className="subtle small">{t(`admin.connection.ladder.for.${rung}`)}</p>
              {state === 'on' && provenAtMs !== undefined && (
                <p className="subtle small">
                  {t('admin.connection.ladder.seen')} <Time atMs={provenAtMs} />
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The proof by which a rung is on. */
function provenAt({ proofs, settings }: ConnectionView, rung: Rung): number | undefined {
  const plan = settings?.profile.readPlan ?? 'all-at-once';
  const proof: Readonly<Record<Rung, ProofName>> = {
    looking: plan === 'all-at-once' ? 'segmentsWithMembers' : 'segmentWithMembers',
    moving: 'move',
    removing: 'remove',
    adding: 'add',
  };
  return proofs[proof[rung]];
}
