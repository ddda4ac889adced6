import { type AccessQuestion, type Result, ok } from '../../../contract';
import { readAccess, wasAccessAsked, writeAccess } from '../../../adapters/store';

/** Whether the setup still has to ask who may do what, and what holds until it is answered. */
export async function accessQuestion(): Promise<Result<AccessQuestion>> {
  const [wasAsked, access] = await Promise.all([wasAccessAsked(), readAccess()]);
  return ok({ isOpen: !wasAsked, access });
}

/** Leaves it as it is who may do what, and asks no more. */
export async function keepAccess(): Promise<Result<AccessQuestion>> {
  const access = await readAccess();
  await writeAccess(access);
  return ok({ isOpen: false, access });
}
