import { randomBytes } from 'node:crypto';
import { webTrigger } from '@forge/api';
import { ok, type HintView, type Result } from '../../../contract';
import { hashOfSecret, readHint, readHintSecret, writeHintSecret, type HintSecret } from '../../../adapters/store';

/** The web trigger's key in manifest.yml. */
const WEB_TRIGGER = 'shorterloop-hint';

/** Where Shorter Loop may say that something has changed, without the secret. */
export async function hintAddress(): Promise<Result<HintView>> {
  return ok(await viewOf(await readHintSecret()));
}

/** Makes a new secret. It is told in this answer, and kept nowhere. */
export async function rotateHint(): Promise<Result<{ readonly view: HintView; readonly secret: string }>> {
  const secret = randomBytes(32).toString('base64url');
  const stored = { secretHash: hashOfSecret(secret), rotatedAtMs: Date.now() };
  await writeHintSecret(stored);
  return ok({ view: await viewOf(stored), secret });
}

async function viewOf(secret: HintSecret | null): Promise<HintView> {
  const [url, hint] = await Promise.all([webTrigger.getUrl(WEB_TRIGGER), readHint()]);
  return { url, rotatedAtMs: secret?.rotatedAtMs ?? null, lastHintAtMs: hint?.atMs ?? null };
}
