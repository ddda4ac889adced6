import { view } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { takenFrom, type Acquisition } from './navigator';

/** What the page was opened for from a list of issues; null until that is known. */
export function useNavigator(): Acquisition | null {
  const [taken, setTaken] = useState<Acquisition | null>(null);
  useEffect(() => {
    void view.getContext().then(
      ({ extension }) => setTaken(takenFrom(extension)),
      () => setTaken(takenFrom(null)),
    );
  }, []);
  return taken;
}
