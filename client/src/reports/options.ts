import { createContext, useContext } from 'react';
import type { ReportOptions } from '../../../server/contract/reports.ts';
import { api } from '../shared/http/api.ts';
import { serverClock } from '../shared/time/serverClock.ts';

/** What filters offer, and the server's clock: nothing is pushed to this page that could tell it. */
export async function loadOptions(address: string): Promise<ReportOptions> {
  const options = await api<ReportOptions>(address);
  serverClock.learn(options.serverNow);
  return options;
}
export const OptionsContext = createContext<ReportOptions | undefined>(undefined);
export function useOptions(): ReportOptions {
  const options = useContext(OptionsContext);
  if (!options) throw new Error('no options above this component');
  return options;
}
type List = 'topics' | 'dispositions' | 'queues' | 'scripts';
/** The name of a code; one that nobody knows any more stands as it is. */
export function useNames(): (list: List, id: string | null) => string | undefined {
  const options = useOptions();
  return (list, id) => (id === null ? undefined : (options[list].find(({ value }) => value === id)?.label ?? id));
}
