import type { RuleFailureCount } from '@contract';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';
import { ruleCauseText, ruleFailureText } from '../ruleFailureText';

/** Why actions of rules failed lately, by cause, with what to do about it and the latest of them. */
export function RuleFailures({ failures }: { readonly failures: readonly RuleFailureCount[] }) {
  return (
    <Section title={t('admin.ruleFailures.title')}>
      {failures.length === 0 ? (
        <p className="subtle">{t('admin.ruleFailures.none')}</p>
      ) : (
        <>
          <p>{t('admin.ruleFailures.intro')}</p>
          <ul className="callers" aria-label={t('admin.ruleFailures.title')}>
            {failures.map((failure) => (
              <CauseRow key={failure.cause} failure={failure} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function CauseRow({ failure }: { readonly failure: RuleFailureCount }) {
  const { cause, lastWeek, lastMonth, lastAtMs, latest } = failure;
  const { title, next } = ruleCauseText(cause);
  return (
    <li className="caller">
      <div className="grow">
        <p className="name">{title}</p>
        <p>{next}</p>
        <p className="subtle small">
          {t('admin.ruleFailures.counts', { week: lastWeek, month: lastMonth })} <Time atMs={lastAtMs} />
        </p>
        <ul className="subtle small plain">
          {latest.map((one) => (
            <li key={one.operationId}>{ruleFailureText(one)}</li>
          ))}
        </ul>
      </div>
    </li>
  );
}
