import type { CallbackContext, CallbackEffect } from '../../machines/promises/index.ts';
import type { Instant } from '../../machines/vocabulary/index.ts';
import { humanNumber } from './phoneNumber.ts';
import type { CallbackNotice } from './ports.ts';

/** By name, else by number. */
export const clientOf = ({ clientName, number }: Pick<CallbackContext, 'clientName' | 'number'>): string =>
  clientName || humanNumber(number);

const noticeBase = (
  promise: CallbackContext,
  at: Instant,
): Pick<CallbackNotice, 'at' | 'owner' | 'promiseId' | 'client' | 'dueAt'> => ({
  at,
  owner: promise.owner,
  promiseId: promise.promiseId,
  client: clientOf(promise),
  dueAt: promise.dueAt,
});
/** An owner's notice without an owner is everyone's. */
const audience = (to: CallbackNotice['to'], promise: CallbackContext): CallbackNotice['to'] =>
  to === 'owner' && promise.owner === null ? 'everyone' : to;

/** What people are told of an effect. Ids are stable, so that the same notice is never shown twice. */
export const noticesOf = (effect: CallbackEffect, promise: CallbackContext, at: Instant): readonly CallbackNotice[] => {
  const base = noticeBase(promise, at);
  const id = (what: string): string => `${promise.promiseId}/${what}/${promise.dueAt}`;
  switch (effect.type) {
    case 'callback.escalated':
      return effect.steps.map((step) => ({
        ...base,
        id: id(step.key),
        code: `callback.${step.key}` as const,
        level: step.offsetMs < 0 ? ('warning' as const) : ('alert' as const),
        to: audience(step.to, promise),
      }));
    case 'callback.attemptDue':
      return [
        {
          ...base,
          id: id(`attempt${promise.attempts.length}`),
          code: effect.type,
          level: 'info',
          to: audience('owner', promise),
        },
      ];
    case 'callback.dialLost':
      return [{ ...base, id: id(`dial${at}`), code: effect.type, level: 'warning', to: 'owner', owner: effect.by }];
    case 'callback.confirmWanted':
      return [
        {
          ...base,
          id: id(`confirm${promise.attempts.length}${effect.again ? 'again' : ''}`),
          code: effect.type,
          level: effect.again ? 'warning' : 'info',
          to: effect.again ? 'supervisor' : 'owner',
          owner: effect.by,
        },
      ];
    case 'callback.closed':
      return effect.record.outcome === 'broken'
        ? [{ ...base, id: id('broken'), code: 'callback.broken', level: 'alert', to: 'supervisor' }]
        : [];
  }
};
