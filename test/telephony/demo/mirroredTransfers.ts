import { CLIENT, type Rig } from './rig.ts';

/** Transfers of the recordings, played on the demo exchange by the same keys. */
export const mirroredTransfers: Readonly<Record<string, (rig: Rig) => void>> = {
  'blind-transfer-refer': (rig) => {
    const client = rig.talksTo101();
    rig.keys.hold('PJSIP/101');
    rig.keys.blindTransfer('PJSIP/101', '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(150);
    rig.hangUp(client);
  },
  'blind-transfer-unanswered': (rig) => {
    const client = rig.talksTo101();
    rig.keys.blindTransfer('PJSIP/101', '102');
    rig.pass(4_000);
    rig.keys.answer('PJSIP/101');
    rig.pass(150);
    rig.hangUp(client);
  },
  'blind-transfer-ami': (rig) => {
    rig.talksTo101();
    rig.keys.blindTransfer('PJSIP/101', '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(150);
    rig.keys.hangUp('PJSIP/102');
  },
  'blind-transfer-to-queue': (rig) => {
    const client = rig.talksTo101();
    rig.keys.blindTransfer('PJSIP/101', '602');
    rig.keys.answer('PJSIP/103');
    rig.keys.answer('PJSIP/104');
    rig.pass(150);
    rig.hangUp(client);
  },
  'third-transfer-refused': (rig) => {
    const client = rig.talksTo101();
    for (const [from, to] of [
      ['101', '102'],
      ['102', '103'],
    ] as const) {
      rig.keys.blindTransfer(`PJSIP/${from}`, to);
      rig.keys.answer(`PJSIP/${to}`);
      rig.pass(150);
    }
    rig.keys.blindTransfer('PJSIP/103', '104');
    rig.pass(4_000);
    rig.keys.answer('PJSIP/103');
    rig.pass(150);
    rig.hangUp(client);
  },
  'attended-two-calls-completes': (rig) => {
    const client = rig.talksTo101();
    rig.keys.consult('PJSIP/101', '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(300);
    rig.keys.completeConsult('PJSIP/101');
    rig.pass(150);
    rig.hangUp(client);
  },
  'attended-two-calls-returns': (rig) => {
    const client = rig.talksTo101();
    rig.keys.consult('PJSIP/101', '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(300);
    rig.keys.cancelConsult('PJSIP/101');
    rig.pass(150);
    rig.hangUp(client);
  },
  'attended-two-calls-fails': (rig) => {
    const client = rig.talksTo101();
    rig.keys.consult('PJSIP/101', '102');
    rig.keys.reject('PJSIP/102');
    rig.keys.resume('PJSIP/101');
    rig.pass(150);
    rig.hangUp(client);
  },
  'attended-ami-completes': (rig) => {
    const client = rig.talksTo101();
    atxfer(rig, '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(600);
    rig.keys.completeConsult('PJSIP/101');
    rig.pass(600);
    rig.hangUp(client);
  },
  'attended-key-returns': (rig) => {
    const client = rig.talksTo101();
    atxfer(rig, '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(600);
    rig.keys.hangUp('PJSIP/102');
    rig.pass(1_500);
    rig.hangUp(client);
  },
  'attended-ami-fails': (rig) => {
    const client = rig.talksTo101();
    atxfer(rig, '102');
    rig.keys.reject('PJSIP/102');
    rig.pass(2_500);
    rig.hangUp(client);
  },
  'attended-ami-cancelled': (rig) => {
    const client = rig.talksTo101();
    atxfer(rig, '102');
    rig.pass(300);
    rig.keys.cancelConsult('PJSIP/101');
    rig.pass(1_500);
    rig.hangUp(client);
  },
  'attended-third-refused': (rig) => {
    const client = rig.talksTo101();
    rig.exchange.core.board.channels.get(client)?.variables.set('SHARED(GATE_BEFORE)', '2');
    atxfer(rig, '102');
    rig.pass(9_000);
    rig.hangUp(client);
  },
  'attended-key-before-answer': (rig) => {
    const client = rig.talksTo101();
    atxfer(rig, '102');
    rig.pass(300);
    rig.keys.completeConsult('PJSIP/101');
    rig.pass(300);
    rig.keys.answer('PJSIP/102');
    rig.pass(600);
    rig.hangUp(client);
  },
  'consult-queue-on-second-line': (rig) => {
    const client = rig.talksTo101();
    rig.exchange.queues.pause('PJSIP/103', true, '');
    rig.keys.consult('PJSIP/101', '602');
    rig.pass(600);
    rig.keys.answer('PJSIP/104');
    rig.pass(300);
    rig.keys.completeConsult('PJSIP/101');
    rig.pass(150);
    rig.hangUp(client);
  },
  'outbound-transferred': (rig) => {
    rig.keys.dial('PJSIP/101', CLIENT.number);
    rig.pass(3_150);
    rig.keys.blindTransfer('PJSIP/101', '102');
    rig.keys.answer('PJSIP/102');
    rig.pass(150);
    rig.keys.hangUp('PJSIP/102');
  },
};

const atxfer = (rig: Rig, number: string): void => {
  const channel = rig.exchange.core.board.of('PJSIP/101')[0];
  if (channel !== undefined) rig.exchange.consultations.begin(channel, number);
  rig.pass(500);
};
