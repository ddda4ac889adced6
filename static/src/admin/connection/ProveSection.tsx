import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState } from 'react';
import type { ProvingGround } from '@contract';
import { t } from '../../i18n';
import { Message } from '../../shared/Message';
import { memberName } from '../../shared/people';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { SelectField } from '../../shared/SelectField';
import { Time } from '../../shared/Time';
import { ProofSteps } from './ProofSteps';
import { useProof } from './useProof';

type ProveSectionProps = { readonly provenAtMs: number | undefined; readonly onProven: () => void };

/**
 * Proves that moving works, when an admin asks for it: a scratch member is moved, read back, moved
 * back and read back.
 */
export function ProveSection({ provenAtMs, onProven }: ProveSectionProps) {
  const proof = useProof(onProven);
  return (
    <section className="group check">
      <Heading as="h2" size="small">
        {t('admin.connection.prove.title')}
      </Heading>
      <p>{t('admin.connection.prove.intro')}</p>
      {provenAtMs !== undefined && (
        <p className="subtle small">
          {t('admin.connection.prove.provenAt')} <Time atMs={provenAtMs} />
        </p>
      )}
      {proof.ground === null ? (
        <div>
          <Button isLoading={proof.isBusy} onClick={() => void proof.look(null)}>
            {t('admin.connection.prove.choose')}
          </Button>
        </div>
      ) : (
        <Choice
          ground={proof.ground}
          isBusy={proof.isBusy}
          onSource={(id) => void proof.look(id)}
          onProve={(memberId, from, to) => void proof.prove(memberId, from, to)}
        />
      )}
      {proof.problem !== null && (
        <div role="alert">
          <ProblemMessage
            problem={proof.problem}
            isBusy={proof.isBusy}
            onRetry={() => void proof.look(null)}
            onReload={() => void proof.look(null)}
          />
        </div>
      )}
      {proof.moves.length > 0 && <ProofSteps moves={proof.moves} />}
      <div role="status">
        {proof.verdict === 'proven' && <Message tone="success" title={t('admin.connection.prove.proven')} />}
        {proof.verdict === 'notProven' && (
          <Message tone="warning" title={t('admin.connection.prove.notProven')}>
            <p>{t('admin.connection.prove.notProvenNext')}</p>
          </Message>
        )}
      </div>
    </section>
  );
}

type ChoiceProps = {
  readonly ground: ProvingGround;
  readonly isBusy: boolean;
  readonly onSource: (segmentId: number) => void;
  readonly onProve: (memberId: number, from: number, to: number) => void;
};

const NONE = '';

/** Whom to move, from where and to where. */
function Choice({ ground: { segments, members }, isBusy, onSource, onProve }: ChoiceProps) {
  const [from, setFrom] = useState(NONE);
  const [to, setTo] = useState(NONE);
  const [member, setMember] = useState(NONE);
  const chosen = members.find(({ id }) => String(id) === member);
  const filled = segments
    .filter(({ members: count }) => count !== 0)
    .map(({ id, name }) => [String(id), name] as const);
  // Who is in the target already would be in one segment fewer after the move back.
  const targets = segments
    .filter(({ id }) => String(id) !== from && chosen?.segmentIds.includes(id) !== true)
    .map(({ id, name }) => [String(id), name] as const);
  const people = members.map((one) => [String(one.id), memberName(one)] as const);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined && to !== NONE) onProve(chosen.id, Number(from), Number(to));
      }}
    >
      <Pick
        label={t('admin.connection.prove.from')}
        value={from}
        options={filled}
        isDisabled={isBusy}
        onChange={(value) => {
          setFrom(value);
          setMember(NONE);
          setTo(NONE);
          if (value !== NONE) onSource(Number(value));
        }}
      />
      <Pick
        label={t('admin.connection.prove.member')}
        value={member}
        options={people}
        isDisabled={isBusy || from === NONE}
        onChange={setMember}
      />
      <Pick
        label={t('admin.connection.prove.to')}
        value={to}
        options={targets}
        isDisabled={isBusy || member === NONE}
        onChange={setTo}
      />
      <div>
        <Button type="submit" isLoading={isBusy} isDisabled={chosen === undefined || to === NONE}>
          {t('admin.connection.prove.button')}
        </Button>
      </div>
    </form>
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
  const texts = new Map<string, string>([[NONE, t('admin.connection.prove.pick')], ...options]);
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
