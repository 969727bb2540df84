import { afterEach, beforeEach, expect } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { PanelView } from '../../server/contract/index.ts';
import type { Inquiry } from '../../server/inquiries/inquiry.ts';
import { flush } from '../support/fakeClock.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

export const device = 'PJSIP/101';
export const petrov = { number: '+79065550101', name: 'Петров' };
/** Inquiries are named after their first call. */
export const inquiryIdOf = (callId: CallId): string => `q-${callId}`;

/** To be called in a `describe`: Anna takes calls of one client, in a product of its own for each test. */
export function inquiryStage() {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device });
    await test.command('anna', 'operator.ready', {});
  });
  afterEach(() => test.close());

  const panel = (): PanelView => test.app.presenter.view(test.person('anna').id)!;
  const rooms = () => test.app.rooms;
  const talk = (client = petrov): CallId => {
    const callId = test.exchange.ring(device, client);
    test.exchange.tell(callId, { type: 'call.answered', device });
    return callId;
  };
  const inquiryOf = (callId: CallId): string => rooms().calls.get(callId)?.rest.inquiryId ?? '';
  const learn = (callId: CallId, learned: Record<string, string>): void => {
    rooms().inquiries.learn(inquiryOf(callId) as never, learned, test.clock.now(), callId);
    void rooms().ledger.flush();
  };
  const transfer = (callId: CallId): void =>
    test.exchange.tell(
      callId,
      { type: 'call.transferred', kind: 'blind', fromDevice: device, target: { number: '101', device } },
      { type: 'call.answered', device },
    );
  const finish = async (callId: CallId, satisfied: boolean | null = null): Promise<void> => {
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    const input = { callId, disposition: 'answered', note: '', satisfied };
    expect(await test.command('anna', 'wrapUp.close', input)).toMatchObject({ ok: true });
    await settle();
  };
  /** Lets what goes to storage beside the journal come to its end: bounded round trips to storage, no clock. */
  const until = async (isDone: () => boolean): Promise<void> => {
    for (let i = 0; i < 1_000 && !isDone(); i += 1) {
      await rooms().inquiries.find('nothing');
      await flush();
    }
    expect(isDone()).toBe(true);
  };
  const settle = async (): Promise<void> => {
    await rooms().archive.settled();
    await rooms().ledger.flush();
    for (let i = 0; i < 20; i += 1) {
      await rooms().inquiries.find('nothing');
      await flush();
    }
  };
  const toldToGate = (): unknown => test.exchange.asked.findLast(({ verb }) => verb === 'setTransferCount')?.args;
  const leavesMemory = (id: string): Promise<void> => until(() => rooms().inquiries.get(id) === undefined);
  const find = async (id: string): Promise<Inquiry> => (await rooms().inquiries.find(id))!;

  return {
    app: () => test,
    panel,
    rooms,
    talk,
    inquiryOf,
    learn,
    transfer,
    finish,
    until,
    settle,
    toldToGate,
    leavesMemory,
    find,
  };
}
