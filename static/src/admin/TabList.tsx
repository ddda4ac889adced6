import { useRef, type KeyboardEvent } from 'react';
import { t } from '../i18n';
import type { Tab } from './tabs';

type TabListProps = { readonly tabs: readonly Tab[]; readonly open: Tab; readonly onOpen: (tab: Tab) => void };

/** The id of a tab's button, by which its panel is named. */
export function tabElementId({ id }: Tab): string {
  return `tab-${id}`;
}

/** The id of the panel that a tab opens. */
export function panelElementId({ id }: Tab): string {
  return `panel-${id}`;
}

/**
 * The tabs as one stop of the Tab key: arrows, Home and End go from tab to tab and open it.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function TabList({ tabs, open, onOpen }: TabListProps) {
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.indexOf(open);
    const next = tabs[placeAfter(event.key, at, tabs.length)];
    if (next === undefined || next === open) return;
    event.preventDefault();
    onOpen(next);
    list.current?.querySelector<HTMLElement>(`#${tabElementId(next)}`)?.focus();
  };

  return (
    <div ref={list} role="tablist" aria-label={t('admin.tabs.label')} className="tabs" onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={tabElementId(tab)}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab === open}
          // A panel that is not open is not in the document.
          {...(tab === open ? { 'aria-controls': panelElementId(tab) } : {})}
          tabIndex={tab === open ? 0 : -1}
          onClick={() => onOpen(tab)}
        >
          {tab.title()}
        </button>
      ))}
    </div>
  );
}

/** Where a key leads from a place in a row of so many; -1 for a key that leads nowhere. */
function placeAfter(key: string, at: number, length: number): number {
  const isRightToLeft = document.dir === 'rtl';
  switch (key) {
    case 'ArrowRight':
      return (at + (isRightToLeft ? length - 1 : 1)) % length;
    case 'ArrowLeft':
      return (at + (isRightToLeft ? 1 : length - 1)) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return -1;
  }
}
