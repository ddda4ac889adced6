import type { CheckLine } from '@contract';
import { t } from '../../../i18n';
import { ToneIcon } from '../../../shared/Message';
import { lineWords } from './checkText';

/** The lines of a report in their order, each with what there is to say about it. */
export function CheckLines({ lines }: { readonly lines: readonly CheckLine[] }) {
  return (
    <ol className="steps" aria-label={t('admin.connection.check.lines')}>
      {lines.map((line, nth) => {
        const { tone, text, more } = lineWords(line);
        return (
          // Two lines may say the same; none of them ever moves.
          <li key={nth} className="step">
            <div className="step-line said">
              <ToneIcon tone={tone} />
              <div className="grow">
                <p className={tone === 'success' ? '' : 'name'}>{text}</p>
                {more.map((sentence) => (
                  <p key={sentence} className="subtle small">
                    {sentence}
                  </p>
                ))}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
