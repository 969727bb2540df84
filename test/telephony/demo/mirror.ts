import { mirroredTransfers } from './mirroredTransfers.ts';
import { CLIENT, DIRECT_101, EXAMS, GENERAL, KINDERGARTENS, type Rig } from './rig.ts';

const OTHER = { number: '79201112233', name: 'Петрова Мария' };

/** The scenarios of the recordings, played on the demo exchange by the same keys. */
export const mirror: Readonly<Record<string, (rig: Rig) => void>> = {
  ...mirroredTransfers,
  'queue-held-client-hangs-up': (rig) => {
    const client = rig.talksTo101();
    rig.keys.hold('PJSIP/101');
    rig.pass(400);
    rig.keys.resume('PJSIP/101');
    rig.pass(150);
    rig.hangUp(client);
  },
  'queue-operator-hangs-up': (rig) => {
    rig.talksTo101();
    rig.keys.hangUp('PJSIP/101');
  },
  'ring-no-answer-then-other': (rig) => {
    rig.only('101');
    const client = rig.call();
    rig.exchange.queues.pause('PJSIP/102', false, '');
    rig.pass(10);
    rig.keys.reject('PJSIP/101', 19);
    rig.exchange.queues.pause('PJSIP/101', true, 'перерыв');
    rig.keys.answer('PJSIP/102');
    rig.pass(150);
    rig.hangUp(client);
  },
  'ring-timeout-in-queue': (rig) => {
    rig.only('101');
    rig.exchange.queues.pause('PJSIP/103', true, 'перерыв');
    const client = rig.call(KINDERGARTENS);
    rig.pass(15_000);
    rig.pass(2_100);
    rig.keys.answer('PJSIP/104');
    rig.pass(150);
    rig.hangUp(client);
  },
  'abandoned-in-queue': (rig) => {
    rig.only();
    const client = rig.call();
    rig.pass(500);
    rig.hangUp(client);
  },
  'abandoned-while-ringing': (rig) => {
    rig.only('101');
    const client = rig.call();
    rig.pass(150);
    rig.hangUp(client);
  },
  'direct-call': (rig) => {
    rig.call(DIRECT_101);
    rig.keys.answer('PJSIP/101');
    rig.pass(150);
    rig.keys.hangUp('PJSIP/101');
  },
  'direct-call-busy': (rig) => {
    rig.call(DIRECT_101);
    rig.keys.reject('PJSIP/101');
  },
  'internal-call': (rig) => {
    rig.keys.dial('PJSIP/101', '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(150);
    rig.keys.hold('PJSIP/102');
    rig.pass(150);
    rig.keys.resume('PJSIP/102');
    rig.pass(150);
    rig.keys.hangUp('PJSIP/101');
  },
  'outbound-dialled': (rig) => {
    rig.keys.dial('PJSIP/101', CLIENT.number);
    rig.pass(3_000);
    rig.pass(150);
    rig.hangUp(clientOf(rig));
  },
  'outbound-originated': (rig) => {
    originate(rig, 'k1-promise-7');
    rig.keys.answer('PJSIP/101');
    rig.pass(3_000);
    rig.pass(150);
    rig.keys.hangUp('PJSIP/101');
  },
  'outbound-originated-refused': (rig) => {
    originate(rig, 'k2-promise-8');
    rig.keys.answer('PJSIP/101');
    rig.pass(20);
    rig.exchange.clientIsBusy(clientOf(rig));
  },
  'outbound-originated-not-taken': (rig) => {
    originate(rig, 'k3-promise-9');
    rig.pass(30_000);
  },
  'outbound-dialled-busy': (rig) => {
    rig.keys.dial('PJSIP/101', CLIENT.number);
    rig.pass(20);
    rig.exchange.clientIsBusy(clientOf(rig));
  },
  'internal-caller-transfers': (rig) => {
    rig.keys.dial('PJSIP/101', '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(150);
    rig.keys.blindTransfer('PJSIP/101', '103');
    rig.keys.answer('PJSIP/103');
    rig.pass(150);
    rig.keys.hangUp('PJSIP/103');
  },
  'recorded-and-surveyed': (rig) => {
    const client = rig.talksTo101();
    rig.exchange.core.board.channels.get(client)?.variables.set('SURVEY_WANTED', 'yes');
    rig.keys.hangUp('PJSIP/101');
    rig.pass(10_000);
  },
  parked: (rig) => {
    const client = rig.talksTo101();
    rig.keys.park('PJSIP/101');
    rig.pass(400);
    rig.keys.dial('PJSIP/102', '701');
    rig.pass(650);
    rig.hangUp(client);
  },
  'call-waiting': (rig) => {
    const client = rig.talksTo101();
    rig.call(DIRECT_101, OTHER);
    rig.pass(150);
    rig.keys.answer('PJSIP/101');
    rig.pass(150);
    rig.keys.hangUp('PJSIP/101');
    rig.keys.resume('PJSIP/101');
    rig.pass(150);
    rig.hangUp(client);
  },
  'client-hangs-up-held': (rig) => {
    const client = rig.talksTo101();
    rig.keys.hold('PJSIP/101');
    rig.pass(500);
    rig.hangUp(client);
  },
  listening: (rig) => {
    const client = rig.talksTo101();
    rig.exchange.originating.begin({
      device: 'PJSIP/190',
      context: 'listening',
      number: 'listen',
      application: '',
      data: '',
      callerId: { name: 'Прослушивание', number: '101' },
      timeoutMs: 30_000,
      uniqueid: undefined,
      variables: [
        ['SPY_DEVICE', 'PJSIP/101'],
        ['SPY_MODE', 'listen'],
      ],
      done: () => undefined,
    });
    rig.keys.answer('PJSIP/190');
    rig.pass(300);
    rig.keys.hangUp('PJSIP/190');
    rig.pass(150);
    rig.hangUp(client);
  },
  'two-queues': (rig) => {
    rig.only('101');
    const first = rig.exchange.callIn({ ...CLIENT, dialled: GENERAL });
    rig.exchange.callIn({ ...OTHER, dialled: EXAMS });
    rig.pass(600);
    rig.keys.answer('PJSIP/101');
    rig.keys.answer('PJSIP/104');
    rig.pass(150);
    rig.hangUp(first ?? '');
    rig.keys.hangUp('PJSIP/104');
  },
};

const clientOf = (rig: Rig): string => rig.exchange.core.board.of('PJSIP/trunk')[0]?.uniqueid ?? '';
const originate = (rig: Rig, token: string): void => {
  rig.exchange.originating.begin({
    device: 'PJSIP/101',
    context: 'from-operators',
    number: CLIENT.number,
    application: '',
    data: '',
    callerId: { name: 'Министерство', number: GENERAL },
    timeoutMs: 3_000,
    uniqueid: `tr-${token}`,
    variables: [],
    done: () => undefined,
  });
};
