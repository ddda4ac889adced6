import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { PAGE_ID } from './page';

type DialogProps = {
  readonly title: string;
  /** While busy the dialog can't be left: the write it asked for is under way. */
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

/** Below the dialog, so that its shadow is not cut off by the iframe's edge. */
const ROOM_PX = 24;

/** A modal dialog. The browser traps focus in it, gives it back afterwards, and closes it with Esc. */
export function Dialog({ title, isBusy, onCancel, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    dialog.showModal();
    const restoreHeight = makeRoomFor(dialog);
    return () => {
      restoreHeight();
      dialog.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!isBusy) onCancel();
      }}
      onClose={() => {
        // A browser closes on a second Esc without asking; a busy dialog comes back.
        if (!isBusy) onCancel();
        else if (ref.current?.isConnected === true) ref.current.showModal();
      }}
    >
      <h2 id={titleId} className="dialog-title">
        {title}
      </h2>
      {children}
    </dialog>
  );
}

/** The host gives the iframe the height of its content, which a dialog does not add to: the page grows with it. */
function makeRoomFor(dialog: HTMLDialogElement): () => void {
  const page = document.getElementById(PAGE_ID);
  if (page === null) return () => undefined;
  const grow = () => {
    page.style.minHeight = `${dialog.offsetTop + dialog.offsetHeight + ROOM_PX}px`;
  };
  const observer = new ResizeObserver(grow);
  observer.observe(dialog);
  return () => {
    observer.disconnect();
    page.style.minHeight = '';
  };
}
