import { useCallback } from 'react';
import type { ConnectionView, SaveInput } from '@contract';
import { ask } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { useReloadStops } from '../stops';
import { SettingsPage } from './SettingsPage';

const load = () => invoke('admin.load');

/** Connects the site to Shorter Loop and checks the connection. */
export function ConnectionTab() {
  const { state, reload, keep } = useLoaded<ConnectionView>(load);
  const reloadStops = useReloadStops();
  const save = useCallback(
    async (input: SaveInput) => {
      const asked = await ask<ConnectionView>(invoke('admin.save', input));
      if (asked.kind === 'problem') return asked.problem;
      keep(asked.value);
      return null;
    },
    [keep],
  );
  const refresh = useCallback(async () => {
    const asked = await ask<ConnectionView>(load());
    if (asked.kind === 'ok') keep(asked.value);
    reloadStops();
  }, [keep, reloadStops]);
  return (
    <>
      <p>{t('admin.connection.intro')}</p>
      <Loaded state={state} label={t('admin.connection.loading')} onReload={reload}>
        {(view) => <SettingsPage view={view} save={save} keep={keep} refresh={refresh} />}
      </Loaded>
    </>
  );
}
