import { describe, expect, it } from 'vitest';
import type { AlertRow, BoardDelta } from '../../server/contract/index.ts';
import { BoardPresenter, type BoardSources } from '../../server/supervision/boardPresenter.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { strictFaults } from '../support/strictFaults.ts';

describe('pushes of the board', () => {
  it('[SUP-60] the first change goes at once, those that follow within 32 ms go together', () => {
    const clock = new FakeClock();
    const sent: BoardDelta[] = [];
    let links: BoardDelta['links'] = [];
    const sources = {
      clock,
      faults: strictFaults(),
      hasWatchers: () => true,
      links: () => links,
    } as unknown as BoardSources;
    const presenter = new BoardPresenter(sources, (delta) => sent.push(delta));
    const change = (reason: string): void => {
      links = [{ exchangeId: reason, status: 'up', trueAt: 0 }] as unknown as BoardDelta['links'];
      presenter.prepare(new Set(['link']))?.();
    };
    change('first');
    clock.advance(0);
    expect(sent).toHaveLength(1);
    change('second');
    clock.advance(20);
    change('third');
    clock.advance(11);
    expect(sent).toHaveLength(1);
    clock.advance(1);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.links?.[0]?.exchangeId).toBe('third');
    clock.advance(5_000);
    expect(sent).toHaveLength(2);
  });

  it('[SUP-62] a row that waits for the disk while another push leaves is in the next one', () => {
    const clock = new FakeClock();
    const sent: BoardDelta[] = [];
    const alert = (key: string) => ({ key }) as AlertRow;
    const sources = {
      clock,
      faults: strictFaults(),
      hasWatchers: () => true,
      alert,
      links: () => [],
    } as unknown as BoardSources;
    const presenter = new BoardPresenter(sources, (delta) => sent.push(delta));
    const written = presenter.prepare(new Set(['alert/waiting']));
    presenter.prepare(new Set(['link']))?.();
    clock.advance(100);
    written?.();
    clock.advance(100);
    expect(sent.map(({ alerts }) => alerts?.put.map(({ key }) => key))).toEqual([undefined, ['waiting']]);
  });

  it('[SUP-61] nothing is made for nobody', () => {
    const sources = { clock: new FakeClock(), hasWatchers: () => false } as unknown as BoardSources;
    expect(new BoardPresenter(sources, () => undefined).prepare(new Set(['link']))).toBeUndefined();
  });

  it('[SUP-78] supervisors who come together are shown what was drawn once; a change or a second later it is drawn anew', () => {
    const clock = new FakeClock();
    let drawn = 0;
    const none = (): readonly never[] => [];
    const sources = {
      ...{
        clock,
        faults: strictFaults(),
        hasWatchers: () => true,
        links: none,
        alerts: none,
        allOperators: none,
        operatorTrouble: none,
      },
      ...{ ledger: { storage: 'ok' }, settings: none, listeningRules: none, queues: { queues: none } },
      ...{ callbacks: { nearest: none }, calls: { all: () => ((drawn += 1), []) } },
    } as unknown as BoardSources;
    const presenter = new BoardPresenter(sources, () => undefined);
    presenter.view();
    clock.advance(300);
    expect(presenter.view().serverNow).toBe(clock.now());
    expect(drawn).toBe(1);
    presenter.prepare(new Set(['link']));
    presenter.view();
    expect(drawn).toBe(2);
    clock.advance(1_500);
    presenter.view();
    expect(drawn).toBe(3);
  });
});
