import { MAX_FIELD_SEGMENTS, MOST_DUE_COUNTED, type FieldProgress, type FieldView } from '@contract';
import { Loaded } from '../../shared/Loaded';
import { SaveForm } from '../../shared/SaveForm';
import { Section } from '../../shared/Section';
import { SelectField } from '../../shared/SelectField';
import { Time } from '../../shared/Time';
import { makeDraft } from '../../shared/useDraft';
import { useSavedForm } from '../../shared/useSavedForm';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';

const STATES = ['off', 'on'] as const;
/** What is chosen: `on` or `off`, and the ids of the segments, as one text. */
const TYPED_FIELD = makeDraft<string>();
const load = () => invoke('admin.field');
type Choice = { readonly isOn: boolean; readonly segmentIds: readonly number[] };

/** Whether work items show their reporter's segments in a field, which segments, and how far it has come. */
export function FieldSection() {
  const { state, reload, keep } = useLoaded<FieldView>(load);
  return (
    <Section title={t('admin.access.field.title')}>
      <p>{t('admin.access.field.intro')}</p>
      <p>{t('admin.access.field.who')}</p>
      <p>{t('admin.access.field.screens')}</p>
      <Loaded state={state} label={t('admin.access.field.loading')} onReload={reload}>
        {(view) => (
          <>
            <FieldForm view={view} onSaved={keep} />
            <p role="status">
              <ProgressLine progress={view.progress} />
            </p>
          </>
        )}
      </Loaded>
    </Section>
  );
}

type FieldFormProps = { readonly view: FieldView; readonly onSaved: (saved: FieldView) => void };

function FieldForm({ view, onSaved }: FieldFormProps) {
  const { value, isUnsaved, state, problem, change, save } = useSavedForm(TYPED_FIELD, {
    stored: view,
    formOf: ({ settings }) => written(settings),
    send: (typed) => invoke('admin.saveField', read(typed)),
    onSaved,
  });
  const chosen = read(value);
  const choose = (next: Choice) => change(written(next));
  const isBusy = state === 'saving';
  return (
    <SaveForm
      save={t('admin.access.field.save')}
      saved={t('admin.access.field.saved')}
      state={state}
      isUnsaved={isUnsaved}
      problem={problem}
      onSave={save}
    >
      <SelectField
        label={t('admin.access.field.label')}
        value={chosen.isOn ? 'on' : 'off'}
        values={STATES}
        textOf={(one) => t(`admin.access.field.${one}`)}
        isDisabled={isBusy}
        onChange={(next) => choose({ ...chosen, isOn: next === 'on' })}
      />
      {chosen.isOn && <ShownSegments view={view} chosen={chosen} isDisabled={isBusy} onChange={choose} />}
    </SaveForm>
  );
}

type ShownSegmentsProps = {
  readonly view: FieldView;
  readonly chosen: Choice;
  readonly isDisabled: boolean;
  readonly onChange: (next: Choice) => void;
};

function ShownSegments({ view, chosen, isDisabled, onChange }: ShownSegmentsProps) {
  if (view.segments.length === 0) return <p>{t('admin.access.field.noSegments')}</p>;
  const isFull = chosen.segmentIds.length >= MAX_FIELD_SEGMENTS;
  return (
    <fieldset className="rule">
      <legend>{t('admin.access.field.segments', { count: chosen.segmentIds.length })}</legend>
      {view.segments.map(({ id, name }) => {
        const isChosen = chosen.segmentIds.includes(id);
        const others = chosen.segmentIds.filter((one) => one !== id);
        return (
          <label key={id} className="check-line">
            <input
              type="checkbox"
              checked={isChosen}
              disabled={isDisabled || (isFull && !isChosen)}
              onChange={() => onChange({ ...chosen, segmentIds: isChosen ? others : [...others, id] })}
            />
            <bdi>{name}</bdi>
          </label>
        );
      })}
    </fieldset>
  );
}

function ProgressLine({ progress }: { readonly progress: FieldProgress }) {
  switch (progress.kind) {
    case 'off':
      return <>{t('admin.access.field.progress.off')}</>;
    case 'absent':
      return <>{t('admin.access.field.progress.absent')}</>;
    case 'filling':
      return <>{t('admin.access.field.progress.filling', peopleOf(progress.people))}</>;
    case 'resting':
      return (
        <>
          {t('admin.access.field.progress.resting', peopleOf(progress.people))} <Time atMs={progress.untilMs} />
        </>
      );
    case 'done':
      return progress.atMs === null ? (
        <>{t('admin.access.field.progress.begins')}</>
      ) : (
        <>
          {t('admin.access.field.progress.done')} <Time atMs={progress.atMs} />
        </>
      );
  }
}

function peopleOf(people: number): { readonly count: number; readonly more: 'yes' | 'no' } {
  return { count: people, more: people >= MOST_DUE_COUNTED ? 'yes' : 'no' };
}

function written({ isOn, segmentIds }: Choice): string {
  return [isOn ? 'on' : 'off', ...[...segmentIds].sort((a, b) => a - b)].join(' ');
}

function read(text: string): Choice {
  const [state, ...ids] = text.split(' ');
  return { isOn: state === 'on', segmentIds: ids.map(Number) };
}
