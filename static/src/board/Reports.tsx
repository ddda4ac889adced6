import Button from '@atlaskit/button/new';
import { t, type Key } from '../i18n';
import { Message } from '../shared/Message';
import { strayLines } from '../shared/strayLines';
import { nameOf } from './Card';
import { canAskAgain, isAcceptedOnly, isUnknown, reasonsOf, type Reason } from './reasons';
import { isOver, type Report } from './state';

type ReportsProps = {
  readonly reports: readonly Report[];
  readonly onAskAgain: (report: Report) => void;
  readonly onDismiss: (decisionId: string) => void;
};

/**
 * What became of decisions. Below the columns, so that nothing jumps away under the pointer; told to
 * screen readers as it comes.
 */
export function Reports({ reports, onAskAgain, onDismiss }: ReportsProps) {
  return (
    <div className="reports" role="status">
      {reports.map((report) =>
        isOver(report) ? (
          <Over key={report.decisionId} report={report} onAskAgain={onAskAgain} onDismiss={onDismiss} />
        ) : (
          <UnderWay key={report.decisionId} report={report} />
        ),
      )}
    </div>
  );
}

function UnderWay({ report }: { readonly report: Report }) {
  const { kind, from, to, asked } = report;
  return (
    <p className="subtle">
      {kind === 'remove'
        ? t('board.report.removing', { count: asked, from: from.name })
        : t(kind === 'add' ? 'board.report.adding' : 'board.report.moving', { count: asked, to: to.name })}
    </p>
  );
}

function Over({ report, onAskAgain, onDismiss }: { readonly report: Report } & Omit<ReportsProps, 'reports'>) {
  const { decisionId, done, short, beside } = report;
  const reasons = reasonsOf(short);
  const others = beside.flatMap((strays) => strayLines(strays, t('board.report.oneOfThem')));
  const open = short.filter(canAskAgain);
  return (
    <Message
      tone={short.length === 0 && others.length === 0 ? 'success' : 'warning'}
      title={t(titleOf(report))}
      actions={
        <>
          {open.length > 0 && (
            <Button spacing="compact" onClick={() => onAskAgain(report)}>
              {t(open.every(isUnknown) ? 'board.report.checkAgain' : 'board.report.askAgain')}
            </Button>
          )}
          <Button appearance="subtle" spacing="compact" onClick={() => onDismiss(decisionId)}>
            {t('common.dismiss')}
          </Button>
        </>
      }
    >
      {done > 0 && <p>{doneText(report)}</p>}
      {reasons.map((reason) => (
        <p key={reason.text}>{t('board.report.line', { names: namesOf(reason), reason: reason.text })}</p>
      ))}
      {others.length > 0 && <p>{[...new Set(others), t('people.strays.next')].join(' ')}</p>}
    </Message>
  );
}

function doneText({ kind, from, to, done }: Report): string {
  return kind === 'remove'
    ? t('board.report.removed', { count: done, from: from.name })
    : t(kind === 'add' ? 'board.report.added' : 'board.report.moved', { count: done, to: to.name });
}

function titleOf({ short, done, beside }: Report): Key {
  if (short.length === 0) return beside.length === 0 ? 'board.report.titleDone' : 'board.report.titleBeside';
  const unknown = short.filter(isUnknown);
  if (unknown.length > 0)
    return unknown.every(isAcceptedOnly) ? 'board.report.titleAccepted' : 'board.report.titleUnknown';
  return done > 0 ? 'board.report.titlePartly' : 'board.report.titleNothing';
}

/** How many people are named; of the others it is told how many there are. */
const NAMED = 3;

function namesOf({ short }: Reason): string {
  const names = short.slice(0, NAMED).map(({ pending }) => nameOf(pending.member));
  return short.length > NAMED
    ? t('board.report.more', { names: names.join(', '), count: short.length - NAMED })
    : names.join(', ');
}
