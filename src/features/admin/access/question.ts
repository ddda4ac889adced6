import { type AccessQuestion, type Result, ok } from '../../../contract';
import { readAccess, readAccessToChange, replaceAccess, wasAccessAsked } from '../../../adapters/store';

/** Whether the setup still has to ask who may do what, and what holds until it is answered. */
export async function accessQuestion(): Promise<Result<AccessQuestion>> {
  const [wasAsked, access] = await Promise.all([wasAccessAsked(), readAccess()]);
  return ok({ isOpen: !wasAsked, access });
}

/** Leaves it as it is who may do what, and asks no more. */
export async function keepAccess(): Promise<Result<AccessQuestion>> {
  const before = await readAccessToChange();
  // Another admin has just said something else: that is an answer, and stays.
  const isKept = await replaceAccess(before, before.access);
  return ok({ isOpen: false, access: isKept ? before.access : await readAccess() });
}
