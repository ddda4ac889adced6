import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useState } from 'react';
import type { ReportPoint, RunPersonView, RunView } from '@contract';
import { t } from '../i18n';
import { useActorNames } from '../shared/actorNames';
import { ask, type PageProblem } from '../shared/ask';
import { ProblemMessage } from '../shared/ProblemMessage';
import { invoke } from './api';
import { saveFile } from '../shared/saveFile';
import { readReportCsv, resultWords } from './reportCsv';

type ReportProps = { readonly run: RunView; readonly onAgain: () => void };

/** How many names are asked of Jira at most: a report of thousands is for the file. */
const MAX_NAMED = 200;

/** The people of a run, the first ones in sight and all of them as a file. */
export function Report({ run, onAgain }: ReportProps) {
  const { people, next, problem, more } = usePeople(run);
  const nameOf = useActorNames(
    people.slice(0, MAX_NAMED).map(({ accountId }) => accountId),
    null,
  );
  const [loaded, setLoaded] = useState<number | null>(null);
  const [failed, setFailed] = useState<PageProblem | null>(null);
  const download = async (): Promise<void> => {
    setLoaded(0);
    const csv = await readReportCsv(run, setLoaded);
    setLoaded(null);
    if (csv.kind === 'ok') saveFile(`run-${run.runId.slice(0, 8)}.csv`, [csv.value]);
    else setFailed(csv.problem);
  };
  const wrong = problem ?? failed;
  return (
    <section className="stack" aria-labelledby="people">
      <div className="report-head">
        <h3 id="people">{t('bulk.report.heading')}</h3>
        <Button spacing="compact" isDisabled={people.length === 0 || loaded !== null} onClick={() => void download()}>
          {loaded === null ? t('bulk.report.download') : t('bulk.report.downloading', { count: loaded })}
        </Button>
      </div>
      {wrong !== null && <ProblemMessage problem={wrong} onRetry={onAgain} onReload={onAgain} />}
      {people.length === 0 ? (
        <p className="subtle">{t('bulk.report.empty')}</p>
      ) : (
        <PeopleTable run={run} people={people} nameOf={nameOf} />
      )}
      {next !== null && (
        <div className="actions">
          <Button spacing="compact" onClick={more}>
            {t('bulk.report.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function PeopleTable({
  run,
  people,
  nameOf,
}: {
  readonly run: RunView;
  readonly people: readonly RunPersonView[];
  readonly nameOf: (accountId: string) => string;
}) {
  const columns = [
    'person',
    'issue',
    ...(run.act.kind === 'add' ? [] : (['from'] as const)),
    'verdict',
    ...(run.startedAtMs === null ? [] : (['result'] as const)),
  ] as const;
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`bulk.report.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => {
            const { verdict, result } = resultWords(run, person);
            return (
              <tr key={person.accountId}>
                <td title={person.accountId}>{nameOf(person.accountId)}</td>
                <td className="key">{person.issueKey ?? ''}</td>
                {run.act.kind !== 'add' && <td>{person.from?.name ?? ''}</td>}
                <td>{verdict}</td>
                {run.startedAtMs !== null && <td>{result}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function usePeople(run: RunView) {
  const [people, setPeople] = useState<readonly RunPersonView[]>([]);
  const [next, setNext] = useState<ReportPoint | null>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const { runId, state } = run;
  const read = useCallback(
    (after: ReportPoint, keep: readonly RunPersonView[]) => {
      void ask(invoke('bulk.report', { runId, after })).then((answer) => {
        if (answer.kind === 'problem') {
          setProblem(answer.problem);
          return;
        }
        setPeople([...keep, ...answer.value.people]);
        setNext(answer.value.next);
      });
    },
    [runId],
  );
  useEffect(() => {
    // While it is read, the numbers say enough: the people are looked at when all are there.
    // Those who are to be changed come first, then those who are left out.
    if (state !== 'reading') read({ group: 1, place: 0 }, []);
  }, [state, read]);
  return { people, next, problem, more: () => next !== null && read(next, people) };
}
