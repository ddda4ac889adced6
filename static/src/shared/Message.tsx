import type { ReactNode } from 'react';
import type { Tone } from './tone';

const ICONS: Record<Tone, string> = {
  info: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m-.75 6v5h1.5V7zM8 4a1 1 0 1 0 0 2 1 1 0 0 0 0-2',
  success: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m3.1 4.4L7 9.6 4.9 7.5l-1 1L7 11.7l5.1-5.3z',
  warning: 'M8 1.3 15.6 14.5H.4zM7.25 6v4h1.5V6zM8 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2',
  error: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1zM7.25 4v5h1.5V4zM8 10.2a1 1 0 1 0 0 2 1 1 0 0 0 0-2',
};

type MessageProps = {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

/** A coloured box with a title, what there is to say, and what can be done. */
export function Message({ tone, title, children, actions }: MessageProps) {
  return (
    <div className={`message message-${tone}`}>
      <ToneIcon tone={tone} />
      <div className="message-body">
        <p className="message-title">{title}</p>
        {children}
        {actions !== undefined && <div className="actions">{actions}</div>}
      </div>
    </div>
  );
}

/** The icon of a tone, for the eye only: the words beside it say the same. */
export function ToneIcon({ tone }: { readonly tone: Tone }) {
  return (
    <svg className={`tone-icon tone-icon-${tone}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path fill="currentColor" fillRule="evenodd" d={ICONS[tone]} />
    </svg>
  );
}
