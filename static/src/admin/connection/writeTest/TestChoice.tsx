import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { FoundMembers, MemberView, ProvingGround, TestInput } from '@contract';
import { t } from '../../../i18n';
import { ask, type PageProblem } from '../../../shared/ask';
import { memberName } from '../../../shared/people';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { SelectField } from '../../../shared/SelectField';
import { invoke } from '../../api';
import { PeopleSearchForm } from '../../people/find/PeopleSearchForm';

type TestChoiceProps = {
  readonly ground: ProvingGround;
  readonly isBusy: boolean;
  readonly onSource: (segmentId: number) => void;
  /** Another choice: what was planned is no longer what is chosen. */
  readonly onChange: () => void;
  readonly onPlan: (input: TestInput) => void;
};

/** The value of a choice that is not made. */
const NONE = '';

type Chosen = {
  readonly from: string;
  readonly member: string;
  readonly to: string;
  readonly withRemoving: boolean;
  readonly withAdding: boolean;
};
const NOTHING: Chosen = { from: NONE, member: NONE, to: NONE, withRemoving: false, withAdding: false };

/** Who is moved where, and what else is tried. */
export function TestChoice({ ground, isBusy, onSource, onChange, onPlan }: TestChoiceProps) {
  const [chosen, setChosen] = useState<Chosen>(NOTHING);
  const [found, setFound] = useState<readonly MemberView[] | null>(null);
  const { from, member, to } = chosen;
  const people = found ?? ground.members;
  const person = people.find(({ id }) => String(id) === member);
  const change = (changed: Partial<Chosen>) => {
    setChosen({ ...chosen, ...changed });
    onChange();
  };
  const source = ground.segments.find(({ id }) => String(id) === from);
  const isLong = source !== undefined && (source.members ?? 0) > ground.members.length && ground.members.length > 0;
  return (
    <div className="group">
      <Pick
        label={t('admin.connection.test.from')}
        value={from}
        options={ground.segments.filter(({ members }) => members !== 0).map(({ id, name }) => [String(id), name])}
        isDisabled={isBusy}
        onChange={(value) => {
          setFound(null);
          setChosen({ ...chosen, from: value, member: NONE, to: NONE });
          if (value !== NONE) onSource(Number(value));
        }}
      />
      {isLong && <Search segmentId={source.id} onFound={(members) => setFound(members)} />}
      <Pick
        label={t('admin.connection.test.member')}
        value={member}
        options={people.map((one) => [String(one.id), memberName(one)])}
        isDisabled={isBusy || from === NONE}
        onChange={(value) => change({ member: value, to: NONE })}
      />
      <Pick
        label={t('admin.connection.test.to')}
        value={to}
        options={ground.segments
          .filter(({ id }) => person?.segmentIds.includes(id) !== true)
          .map(({ id, name }) => [String(id), name])}
        isDisabled={isBusy || member === NONE}
        onChange={(value) => change({ to: value })}
      />
      <AlsoTried chosen={chosen} isDisabled={isBusy} onChange={change} />
      <div>
        <Button
          isLoading={isBusy}
          isDisabled={person === undefined || to === NONE}
          onClick={() => person !== undefined && onPlan(inputOf(chosen, person.id))}
        >
          {t('admin.connection.test.plan')}
        </Button>
      </div>
    </div>
  );
}

function inputOf({ from, to, withAdding, withRemoving }: Chosen, memberId: number): TestInput {
  return { memberId, fromSegmentId: Number(from), toSegmentId: Number(to), withAdding, withRemoving };
}

type AlsoTriedProps = {
  readonly chosen: Chosen;
  readonly isDisabled: boolean;
  readonly onChange: (changed: Partial<Chosen>) => void;
};

function AlsoTried({ chosen, isDisabled, onChange }: AlsoTriedProps) {
  return (
    <fieldset className="rule">
      <legend>{t('admin.connection.test.also')}</legend>
      {(['withRemoving', 'withAdding'] as const).map((name) => (
        <label key={name} className="check-line">
          <input
            type="checkbox"
            checked={chosen[name]}
            disabled={isDisabled}
            onChange={(event) => onChange({ [name]: event.target.checked })}
          />
          {t(`admin.connection.test.${name}`)}
        </label>
      ))}
    </fieldset>
  );
}

type SearchProps = {
  readonly segmentId: number;
  readonly onFound: (members: readonly MemberView[]) => void;
};

/** Finds a person in a segment that has more people than one list shows. */
function Search({ segmentId, onFound }: SearchProps) {
  const [query, setQuery] = useState('');
  const [isSearching, setSearching] = useState(false);
  const [count, setCount] = useState<number | null>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const search = async () => {
    if (isSearching || query.trim().length < 2) return;
    setSearching(true);
    const asked = await ask<FoundMembers>(invoke('admin.findMembers', { query: query.trim(), segmentId }));
    setSearching(false);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
    if (asked.kind === 'problem') return;
    const members = asked.value.members.filter(({ segmentIds }) => segmentIds.includes(segmentId));
    setCount(members.length);
    onFound(members);
  };
  return (
    <>
      <PeopleSearchForm
        label={t('admin.connection.test.search')}
        query={query}
        maxLength={320}
        isSearching={isSearching}
        hint={{ text: t('admin.people.find.memberHint'), isError: false }}
        onChange={setQuery}
        onSearch={() => void search()}
      />
      <p role="status" className="subtle small">
        {count !== null && t('admin.people.find.members', { count })}
      </p>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={() => void search()} onReload={() => void search()} />
        </div>
      )}
    </>
  );
}

type PickProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly isDisabled: boolean;
  readonly onChange: (value: string) => void;
};

function Pick({ label, value, options, isDisabled, onChange }: PickProps) {
  const texts = new Map<string, string>([[NONE, t('admin.connection.test.pick')], ...options]);
  return (
    <SelectField
      label={label}
      value={value}
      values={[...texts.keys()]}
      textOf={(id) => texts.get(id) ?? id}
      isDisabled={isDisabled}
      onChange={onChange}
    />
  );
}
