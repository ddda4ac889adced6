import { number, t } from '../i18n';

type ColumnHeadProps = {
  readonly id: string;
  readonly name: string;
  /** How many members the segment has; null before they are counted. */
  readonly count: number | null;
};

/** The name of a segment with the count of its members. */
export function ColumnHead({ id, name, count }: ColumnHeadProps) {
  return (
    <header className="column-head">
      <h2 id={id} className="column-name">
        <bdi>{name}</bdi>
      </h2>
      <span className="count" title={count === null ? t('board.column.uncounted') : undefined}>
        <span aria-hidden="true">{count === null ? '–' : number(count)}</span>
        <span className="visually-hidden">
          {count === null ? t('board.column.uncounted') : t('board.column.members', { count })}
        </span>
      </span>
    </header>
  );
}
