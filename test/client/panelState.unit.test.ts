import { describe, expect, it } from 'vitest';
import { bandOf, shortName, urgencyOf } from '../../client/src/operator/logic/band.ts';
import { createDrafts, type TextBox } from '../../client/src/operator/logic/drafts.ts';
import { lostLink } from '../../client/src/operator/logic/link.ts';
import { callInHand, otherCalls, recordsAfter, stageOf, waitingCall } from '../../client/src/operator/logic/stage.ts';
import { as, type CallId } from '../../machines/vocabulary/index.ts';
import { matchPath } from '../../client/src/shared/router.tsx';
import { SCENARIOS } from '../support/panelScenarios.ts';

const NOW = 1_764_000_000_000;
const view = (name: string) => SCENARIOS[name]!(NOW);

describe('[PANEL-14] one thing stands in the middle', () => {
  it.each([
    ['device', 'device'],
    ['idle', 'idle'],
    ['paused', 'idle'],
    ['ringing', 'ringing'],
    ['purpose', 'script'],
    ['second', 'script'],
    ['hold72', 'held'],
    ['holdOver', 'held'],
    ['holdUnpromised', 'held'],
    ['consulting', 'consulting'],
    ['transferring', 'transferring'],
    ['wrapUp', 'wrapUp'],
  ])('[PANEL-14] %s: %s', (name, stage) => {
    expect(stageOf(view(name), false)).toBe(stage);
  });
  it('[3.5.5-б] naming a time comes before asking for consent', () => {
    expect(stageOf(view('answer'), true)).toBe('naming');
    expect(stageOf(view('consent'), true)).toBe('consent');
    expect(stageOf(view('consent'), false)).toBe('script');
    // More time that was wished for while the client waited is asked for at once, also after a reload.
    const { calls, ...rest } = view('consent');
    const [call] = calls;
    const more = { ...rest, calls: [{ ...call!, hold: { ...call!.hold!, prolongs: true as const } }] };
    expect(stageOf(more, false)).toBe('consent');
  });
  it('[3.5.5-б] who waits on hold is watched over while another client is talked to', () => {
    const [talking, held] = [view('purpose'), view('hold72')];
    const both = { ...talking, calls: [...talking.calls, ...held.calls] };
    expect(waitingCall(both)).toBe(held.calls[0]);
    expect(waitingCall(talking)).toBeUndefined();
    expect(stageOf(both, false)).toBe('script');
  });
  it('[PANEL-14] a second call waits beside the one in hand', () => {
    const two = view('second');
    expect(callInHand(two)?.phase).toBe('talking');
    expect(otherCalls(two).map((call) => call.client.callerName)).toEqual(['Сидорова Анна']);
    expect(otherCalls(view('purpose'))).toEqual([]);
  });
  it('[PANEL-14] records that wait behind the one in hand are counted, a call that rings is none', () => {
    const [record] = view('wrapUp').calls;
    const [ringing] = view('ringing').calls;
    const next = { ...record!, callId: as<CallId>('main/next') };
    expect(recordsAfter({ ...view('wrapUp'), calls: [record!, next, ringing!] })).toBe(1);
    expect(recordsAfter(view('wrapUp'))).toBe(0);
  });
});

describe('an exchange out of sight is told', () => {
  const links = (status: 'lost' | 'refused', trueAt: number) => [{ exchangeId: 'pbx', status, trueAt }] as const;
  it.each([
    ['purpose', 'lost', NOW, { said: 'lost', todo: 'whatToDo' }],
    ['purpose', 'refused', NOW, { said: 'lost', todo: 'refused' }],
    ['idle', 'lost', NOW, { said: 'lost', todo: 'whenItRings' }],
    ['wrapUp', 'lost', NOW, { said: 'lost', todo: 'whenItRings' }],
    ['idle', 'refused', 0, { said: 'never', todo: 'refusedIdle' }],
  ] as const)('[PANEL-33] at %s, %s: no talk that is not, no time that never was', (name, status, trueAt, words) => {
    expect(lostLink({ ...view(name), links: links(status, trueAt) })).toMatchObject(words);
  });
  it('[PANEL-33] nothing is said while it is in sight', () => {
    expect(lostLink(view('idle'))).toBeUndefined();
  });
});

describe('[3.5.5-г] promises to call back press as their term nears', () => {
  it.each([
    [{ dueAt: NOW + 40 * 60_000, state: 'open' }, 'quiet'],
    [{ dueAt: NOW + 15 * 60_000, state: 'open' }, 'soon'],
    [{ dueAt: NOW + 40 * 60_000, state: 'due' }, 'soon'],
    [{ dueAt: NOW, state: 'open' }, 'late'],
    [{ dueAt: NOW + 1, state: 'overdue' }, 'late'],
  ] as const)('[3.5.5-г] %o: %s', (callback, urgency) => {
    expect(urgencyOf(callback, NOW)).toBe(urgency);
  });
  it('[3.5.5-г] the band shows the nearest and counts the rest', () => {
    const { callbacks } = view('idle');
    const names = (list: readonly { clientName: string }[]) => list.map(({ clientName }) => clientName.split(' ')[0]);
    expect(names(bandOf(callbacks, [], false).shown)).toEqual(['Фёдорова', 'Кузнецов', 'Петрова']);
    expect(bandOf(callbacks, [], false).more).toBe(1);
    expect(names(bandOf(callbacks, otherCalls(view('second')), true).shown)).toEqual(['Фёдорова']);
    expect(bandOf([], [], true)).toEqual({ shown: [], more: 0 });
  });
});

describe('[PANEL-31] a name in a narrow place', () => {
  it.each([
    ['Кузнецов Андрей Викторович', 'Кузнецов А. В.'],
    ['  Ёлкина  Юлия Ильинична ', 'Ёлкина Ю. И.'],
    ['Пётр Сергеевич', 'Пётр Сергеевич'],
    ['Мамедов Али Гасан оглы', 'Мамедов Али Гасан оглы'],
    ['', ''],
  ])('[PANEL-31] %s → %s', (full, short) => {
    expect(shortName(full)).toBe(short);
  });
});

describe('[PANEL-15] what was typed survives a reload, per call', () => {
  const box = (): TextBox => {
    const kept = new Map<string, string>();
    return {
      get length() {
        return kept.size;
      },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  };
  it('[PANEL-15] a draft is found by its call and name, and an empty one is none', () => {
    const drafts = createDrafts(box());
    drafts.write('pbx/1.10', 'note', 'перезвонить');
    expect(drafts.read('pbx/1.10', 'note')).toBe('перезвонить');
    expect(drafts.read('pbx/1.1', 'note')).toBeUndefined();
    drafts.write('pbx/1.10', 'note', '');
    expect(drafts.read('pbx/1.10', 'note')).toBeUndefined();
  });
  it('[PANEL-15] drafts go with their call and touch nothing else', () => {
    const store = box();
    const drafts = createDrafts(store);
    store.setItem('outbox', '[]');
    drafts.write('a', 'x', '1');
    drafts.write('a', 'y', '2');
    drafts.write('b', 'x', '3');
    drafts.keepOnly(['b']);
    expect([drafts.read('a', 'x'), drafts.read('a', 'y'), drafts.read('b', 'x')]).toEqual([undefined, undefined, '3']);
    expect(store.getItem('outbox')).toBe('[]');
  });
});

describe('[PANEL-16] addresses', () => {
  it.each([
    ['/operator', '/operator', {}],
    ['/operator', '/operator/', {}],
    ['/studio/:script/:version', '/studio/inbound/3', { script: 'inbound', version: '3' }],
    ['/studio/*', '/studio/inbound/3', {}],
    ['/studio/:id', '/studio/%D1%81%D0%B0%D0%B4', { id: 'сад' }],
    ['/studio/:id', '/studio/100%', { id: '100%' }],
    ['/studio/:id', '/studio', undefined],
    ['/operator', '/operator/x', undefined],
    ['/operator', '/', undefined],
  ])('[PANEL-16] %s takes %s: %o', (pattern, path, found) => {
    expect(matchPath(pattern, path)).toEqual(found);
  });
});
