import type { Clock, OperatorId } from '../../machines/vocabulary/index.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { Deadlines } from '../deadlines/deadlines.ts';
import type { InquiryRoom } from '../inquiries/inquiryRoom.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Operators } from '../people/operators.ts';
import type { Site } from '../site.ts';
import type { Storage } from '../storage/port.ts';
import type { Exchanges } from '../telephony/exchanges.ts';
import { AlertsRoom } from './alertsRoom.ts';
import { AuditRoom, auditSpec } from './auditRoom.ts';
import { Listening } from './listening.ts';
import { ListeningRulebook } from './listeningRules.ts';
import { pauseLimits, type PauseLimits } from './pauseLimits.ts';
import { QueueBoard } from './queueBoard.ts';
import { clientName } from './rows.ts';
import { SupervisionSettings } from './settings.ts';
import { Watch } from './watch.ts';

export interface SupervisionSetup {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly site: Site;
  readonly exchanges: Exchanges;
  /** Queues by name, as people call them. */
  readonly queueTitles: Readonly<Record<string, string>>;
  readonly ledger: Ledger;
  readonly deadlines: Deadlines;
  readonly operators: Operators;
  readonly calls: CallsRoom;
  readonly inquiries: InquiryRoom;
  readonly nameOf: (id: OperatorId) => string;
}

/** What supervisors see and do: alerts, audit, thresholds, listening, the figures of queues. It watches all calls. */
export async function openSupervision(setup: SupervisionSetup) {
  const { ledger, operators, calls, site } = setup;
  const alerts = new AlertsRoom(ledger);
  const audit = new AuditRoom(await setup.storage.collection(auditSpec), ledger, setup.clock);
  const settings = await SupervisionSettings.open(setup.storage);
  const listeningRules = await ListeningRulebook.open(setup.storage);
  const pauseLimitsOf = (id: OperatorId): PauseLimits =>
    pauseLimits(operators.view(id)?.pauseReason, site.pauseReasons, settings.of(undefined));
  const watch: Watch = new Watch({
    ledger,
    alerts,
    deadlines: setup.deadlines,
    calls: () => calls,
    thresholdsOf: (queue) => settings.of(queue),
    nameOf: setup.nameOf,
    pauseLimitsOf,
    readinessOf: (id) => operators.state(id),
    clientOf: (live) => clientName(setup.inquiries, live),
  });
  calls.addListener(watch);
  const listening = new Listening({
    ledger,
    operators,
    audit,
    exchangeOf: (device) => setup.exchanges.of(device),
    rightsOf: (person, unit) => listeningRules.rightsOf(person, unit),
  });
  const queueBoard = new QueueBoard(setup.queueTitles);
  const countWaiting = (live: LiveCall): void => {
    const queue = queueBoard.onCall(live);
    if (queue) ledger.touch(`queue/${queue}`);
  };
  calls.addListener({ onEffects: countWaiting, onClosed: countWaiting });
  return { alerts, audit, settings, listeningRules, pauseLimitsOf, watch, listening, queueBoard, countWaiting };
}
