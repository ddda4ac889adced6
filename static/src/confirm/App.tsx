import Button from '@atlaskit/button/new';
import { view } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { confirmationIn, type Confirmation } from '../shared/confirmation';

/** A question in a dialog of the product, in the words of the page that asks; the first focus is on the way out. */
export function App() {
  const [asked, setAsked] = useState<Confirmation | null>(null);
  useEffect(() => {
    void view.getContext().then(({ extension }) => setAsked(confirmationIn(extension)));
  }, []);
  if (asked === null) return null;
  return (
    <main className="confirm">
      <h1 className="dialog-title">{asked.title}</h1>
      {asked.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div className="dialog-actions">
        <Button appearance="subtle" autoFocus onClick={() => void view.close()}>
          {asked.cancel}
        </Button>
        <Button appearance="danger" onClick={() => void view.close(true)}>
          {asked.confirm}
        </Button>
      </div>
    </main>
  );
}
