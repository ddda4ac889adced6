import {
  type LedgerEntry,
  type Result,
  type TestStepInput,
  type IdForm,
  type WriteForm,
  type WriteKind,
} from '../../../contract';
import { formNamed, type StepEnds, type WriteTry } from '../../../domain/writeTest';
import type { Connected } from '../../../usecases/connection';
import type { MemberWriteCommand } from '../../../usecases/write';
import type { StoredSettings } from '../../../adapters/store';

/** One step of a test, with what it is made with. */
export type RunningStep = {
  readonly input: TestStepInput;
  readonly kind: WriteKind;
  readonly ends: StepEnds;
  /** The forms that it may be sent in, in order. */
  readonly forms: readonly [WriteForm, ...WriteForm[]];
  /** How ids are set to be written. */
  readonly ids: IdForm;
  readonly settings: StoredSettings;
  readonly connected: Connected;
  readonly connectWith: (one: WriteTry) => Result<Connected>;
  readonly command: (operationId: string) => MemberWriteCommand;
};

/** The form that a row was sent in. */
export function formOf({ forms }: Pick<RunningStep, 'forms'>, { form }: Pick<LedgerEntry, 'form'>): WriteForm {
  return formNamed(forms, form) ?? forms[0];
}
