import { useEffect, useState } from 'react';
import type { Result, JiraEstimate } from '@contract';
import { ask } from './ask';

type Known = { readonly key: string; readonly estimate: JiraEstimate | null };

/**
 * What reading would cost, asked anew whenever `key` changes. Null while it is not known, and where it can't be
 * told: reading is possible all the same.
 * @param key what is to be read; null for nothing
 */
export function useEstimate(
  key: string | null,
  load: (key: string) => Promise<Result<JiraEstimate | null>>,
): JiraEstimate | null {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (key === null) return;
    let isLeft = false;
    void ask(load(key)).then((asked) => {
      if (!isLeft) setKnown({ key, estimate: asked.kind === 'ok' ? asked.value : null });
    });
    return () => {
      isLeft = true;
    };
  }, [key, load]);
  return known !== null && known.key === key ? known.estimate : null;
}
