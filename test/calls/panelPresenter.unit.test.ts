import { expect, it } from 'vitest';
import { as, type OperatorId } from '../../machines/vocabulary/index.ts';
import { PanelPresenter, type PanelSources } from '../../server/calls/panelPresenter.ts';
import type { Ledger } from '../../server/ledger/ledger.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { strictFaults } from '../support/strictFaults.ts';

const ANNA = as<OperatorId>('anna');

it('[PANEL-33] what was made while the storage was well is shown as not saved when it went away meanwhile', () => {
  const ledger: { storage: Ledger['storage'] } = { storage: 'ok' };
  const none = (): [] => [];
  const sources = {
    ...{ ledger, clock: new FakeClock(), faults: strictFaults(), calls: { ofOperator: none } },
    ...{ links: none, callbacks: none, today: none, notices: none, listening: () => undefined },
    operator: () => ({ id: ANNA }),
    isPresent: () => true,
  } as unknown as PanelSources;
  const shown: unknown[] = [];
  const presenter = new PanelPresenter(sources, (_id, { storage }) => void shown.push(storage));
  const touched = new Set([`operator/${ANNA}`]);
  const saved = presenter.prepare(touched);
  saved?.();
  const lost = presenter.prepare(touched);
  ledger.storage = 'memory';
  lost?.();
  expect(shown).toEqual(['ok', 'memory']);
});
