import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { classOfEvent } from '../../../server/telephony/connection/events.ts';
import { handledEvents } from '../../../server/telephony/correlate/correlator.ts';
import { SHIPPED_ACCOUNT } from '../../../server/telephony/demo/amiServer.ts';

const conf = readFileSync(new URL('../../../asterisk/manager.conf', import.meta.url), 'utf8');
const filters = [...conf.matchAll(/^eventfilter = (.*)$/gm)].map(([, filter = '']) => filter);

it('[AMI-20] the shipped account keeps back what the demonstration exchange keeps back', () => {
  const names = filters.flatMap((filter) => /\((.*)\)/.exec(filter)?.[1]?.split('|') ?? []);
  expect(names.toSorted()).toEqual([...SHIPPED_ACCOUNT.without].toSorted());
});

it('[AMI-20] a filter begins and ends with the name of the event, so that nothing in its text can be meant', () => {
  for (const filter of filters) expect(filter).toMatch(/^!\^Event: \([\w|]+\)\[\[:space:\]\]$/);
});

it('[AMI-20] nothing is kept back of which facts are made', () => {
  // An item of a list and no event.
  const handled = handledEvents.filter((name) => name !== 'queuemember');
  expect(handled.filter((name) => classOfEvent(name) !== 'used')).toEqual([]);
  expect(SHIPPED_ACCOUNT.without.filter((name) => classOfEvent(name) !== 'dropped')).toEqual([]);
});
