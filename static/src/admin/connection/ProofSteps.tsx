import type { LedgerEntry } from '@contract';
import { t } from '../../i18n';
import { Status } from '../../shared/Status';
import type { StatusTone } from '../../shared/tone';

/** One of the two moves: under way, or as it ended. */
export type ProofMove = { readonly direction: 'there' | 'back'; readonly entry: LedgerEntry | null };

const TONES: Readonly<Record<string, StatusTone>> = {
  confirmed: 'success',
  refused: 'danger',
  notConfirmed: 'warning',
  unknown: 'warning',
};

/** The two moves of a proof, each with what was read back. */
export function ProofSteps({ moves }: { readonly moves: readonly ProofMove[] }) {
  return (
    <ol className="steps" aria-label={t('admin.connection.prove.steps')}>
      {moves.map(({ direction, entry }) => (
        <li key={direction} className="step">
          <div className="step-line">
            <span className="grow name">{t(`admin.connection.prove.${direction}`)}</span>
            <Outcome entry={entry} />
          </div>
          {entry?.kind === 'move' && (
            <p className="subtle small">
              <bdi>{entry.from.name}</bdi> → <bdi>{entry.to.name}</bdi>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Outcome({ entry }: { readonly entry: LedgerEntry | null }) {
  const outcome = entry?.members[0]?.outcome ?? null;
  if (outcome === null) return <Status tone="neutral" text={t('admin.connection.prove.moving')} />;
  return <Status tone={TONES[outcome] ?? 'neutral'} text={t(`admin.connection.prove.outcome.${outcome}`)} />;
}
