import { describe, expect, it } from 'vitest';
import { answeredAlerts, boardOf, NO_FILTER, openAlerts, operatorsInOrder } from '../../client/src/supervisor/board.ts';
import type { AlertRow, BoardView, OperatorRow, RiskRow } from '../../server/contract/board.ts';
import { DEFAULT_SETTINGS } from '../../server/supervision/settings.ts';

const alert = (key: string, at: number, more: Partial<AlertRow> = {}): AlertRow => ({
  ...{ key, at, level: 'warning', code: 'waiting.warning' },
  ...more,
});
const risk = (key: string): RiskRow => ({ key, kind: 'waitingCaller', breachAt: 9, warnAt: 5, since: 0 });
const board = (alerts: readonly AlertRow[], risks: readonly RiskRow[] = [], operators: readonly OperatorRow[] = []) => {
  const view: BoardView = {
    ...{ serverNow: 0, links: [], storage: 'ok', operators, queues: [], listening: [] },
    ...{ alerts, risks, settings: DEFAULT_SETTINGS },
  };
  return boardOf(view);
};

describe('alerts as the board shows them', () => {
  it('[SUP-50] one row a cause, with the worst of it; an answer goes to all of it', () => {
    const first = alert('a/warning', 1, { riskKey: 'a' });
    const second = alert('a/breach', 2, { riskKey: 'a', level: 'breach' });
    const groups = openAlerts(board([first, second, alert('b', 3)], [risk('a')]));
    expect(groups.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(groups[0]).toMatchObject({ alert: second, alerts: [first, second], over: false });
  });

  it('[SUP-51] what is over goes below what goes on; without a cause on the board nothing is ever over', () => {
    const gone = alert('gone', 9, { riskKey: 'gone', level: 'breach' });
    const lasting = alert('lasting', 1, { riskKey: 'here' });
    const event = alert('event', 0);
    const groups = openAlerts(board([gone, lasting, event], [risk('here')]));
    expect(groups.map(({ key, over }) => [key, over])).toEqual([
      ['here', false],
      ['event', false],
      ['gone', true],
    ]);
  });

  it('[SUP-52] answered ones leave the list and stand apart, the latest answer first', () => {
    const answered = (key: string, at: number) =>
      alert(key, 0, { acknowledged: { at, by: 'Котова', done: 'сделано' } });
    const shown = board([answered('early', 5), answered('late', 8), alert('open', 1)]);
    expect(openAlerts(shown).map(({ key }) => key)).toEqual(['open']);
    expect(answeredAlerts(shown).map(({ key }) => key)).toEqual(['late', 'early']);
  });
});

describe('operators as the board shows them', () => {
  const person = (key: string, more: Partial<OperatorRow>): OperatorRow =>
    ({
      ...{ key, name: key, unit: 'Линия', state: 'ready', since: 0, queues: [], handled: 0, talkMs: 0 },
      ...more,
    }) as OperatorRow;
  const shown = board(
    [],
    [],
    [
      person('away', { state: 'offline' }),
      person('free', { since: 5, device: 'PJSIP/105', queues: ['general'] }),
      person('freeLonger', { since: 1, unit: 'Вторая линия' }),
      person('talks', { state: 'onCall', name: 'Смирнова Анна', queues: ['general'] }),
      person('keepsWaiting', { state: 'onCall', since: 9, call: { hold: { state: 'unpromised' } } as never }),
      person('asks', { state: 'paused', help: { reason: 'помогите', at: 1 } }),
    ],
  );
  const keys = (filter: Partial<typeof NO_FILTER>): string[] =>
    operatorsInOrder(shown, { ...NO_FILTER, ...filter }).map(({ key }) => key);

  it('[SUP-53] who asks for help comes first, who keeps a client waiting next, then by state, longest first', () => {
    expect(keys({})).toEqual(['asks', 'keepsWaiting', 'talks', 'freeLonger', 'free', 'away']);
  });
  it('[SUP-54] are narrowed by unit, queue, state, and what is typed of a name or a telephone', () => {
    expect(keys({ unit: 'Вторая линия' })).toEqual(['freeLonger']);
    expect(keys({ queue: 'general' })).toEqual(['talks', 'free']);
    expect(keys({ state: 'ready' })).toEqual(['freeLonger', 'free']);
    expect(keys({ text: ' смирн' })).toEqual(['talks']);
    expect(keys({ text: '/105' })).toEqual(['free']);
    expect(keys({ text: 'nobody' })).toEqual([]);
  });
});
