import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { CheckChoices, CheckQuestion } from '@contract';
import { t } from '../../../i18n';
import { SelectField } from '../../../shared/SelectField';
import type { Part } from '../profile/parts';
import { placeWords } from './checkText';

type QuestionProps = {
  readonly question: CheckQuestion;
  readonly onChoose: (chosen: CheckChoices) => void;
  readonly onCorrect: (part: Part) => void;
};

/** What an admin has to decide before the check can go on. */
export function Question({ question, onChoose, onCorrect }: QuestionProps) {
  switch (question.ask) {
    case 'segmentId':
      return <SegmentQuestion question={question} onChoose={onChoose} />;
    case 'whole':
      return <WholeQuestion question={question} onChoose={onChoose} onCorrect={onCorrect} />;
    default:
      return <PlaceQuestion question={question} onChoose={onChoose} />;
  }
}

type SegmentQuestionProps = {
  readonly question: Extract<CheckQuestion, { ask: 'segmentId' }>;
  readonly onChoose: (chosen: CheckChoices) => void;
};

/** Which segment may be read alone, where a server could take that request for a write. */
function SegmentQuestion({ question: { path, segments }, onChoose }: SegmentQuestionProps) {
  const [chosen, setChosen] = useState(String(segments[0]?.id ?? ''));
  const names = new Map(segments.map(({ id, name }) => [String(id), name]));
  return (
    <fieldset className="rule">
      <legend>{t('admin.connection.check.ask.segmentId')}</legend>
      <p>{t('admin.connection.check.ask.segmentIdWhy', { path })}</p>
      <SelectField
        label={t('admin.connection.check.ask.segment')}
        value={chosen}
        values={[...names.keys()]}
        textOf={(id) => names.get(id) ?? id}
        isDisabled={false}
        onChange={setChosen}
      />
      <GoOn isDisabled={chosen === ''} onClick={() => onChoose({ segmentId: Number(chosen) })} />
    </fieldset>
  );
}

type PlaceQuestionProps = {
  readonly question: Extract<CheckQuestion, { ask: 'memberId' | 'list' }>;
  readonly onChoose: (chosen: CheckChoices) => void;
};

/** Which of several places is meant, each with what stands there. */
function PlaceQuestion({ question, onChoose }: PlaceQuestionProps) {
  const name = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <fieldset className="rule">
      <legend>{t(`admin.connection.check.ask.${question.ask}`)}</legend>
      <p>{t(`admin.connection.check.ask.${question.ask}Why`)}</p>
      {question.options.map(({ at, sample }) => (
        <label key={at} className="check-line">
          <input type="radio" name={name} checked={chosen === at} onChange={() => setChosen(at)} />
          <span>
            <code className="code">{placeWords(at)}</code>
            <span className="subtle"> {t('admin.connection.check.ask.sample', { sample })}</span>
          </span>
        </label>
      ))}
      <GoOn
        isDisabled={chosen === null}
        onClick={() => chosen !== null && onChoose(question.ask === 'list' ? { list: chosen } : { memberId: chosen })}
      />
    </fieldset>
  );
}

type WholeQuestionProps = {
  readonly question: Extract<CheckQuestion, { ask: 'whole' }>;
  readonly onChoose: (chosen: CheckChoices) => void;
  readonly onCorrect: (part: Part) => void;
};

/** Whether a list that looks cut is all that there is. */
function WholeQuestion({ question: { call, rows }, onChoose, onCorrect }: WholeQuestionProps) {
  return (
    <fieldset className="rule">
      <legend>{t('admin.connection.check.ask.whole', { count: rows })}</legend>
      <p>
        {t('admin.connection.check.ask.wholeWhy', { call: t(`admin.connection.profile.parts.${call}`), count: rows })}
      </p>
      <div className="actions">
        <Button appearance="primary" onClick={() => onChoose({ whole: [call] })}>
          {t('admin.connection.check.ask.wholeYes')}
        </Button>
        <Button onClick={() => onCorrect(call)}>{t('admin.connection.check.ask.wholeNo')}</Button>
      </div>
    </fieldset>
  );
}

function GoOn({ isDisabled, onClick }: { readonly isDisabled: boolean; readonly onClick: () => void }) {
  return (
    <div>
      <Button appearance="primary" isDisabled={isDisabled} onClick={onClick}>
        {t('admin.connection.check.goOn')}
      </Button>
    </div>
  );
}
