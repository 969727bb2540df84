import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';

/** What is measured of the running product, for Prometheus. */
export interface MetricsSources {
  readonly calls: { readonly size: number };
  readonly deadlines: { readonly size: number };
  readonly journal: { readonly behindMs: number };
  readonly ledger: { readonly storage: 'ok' | 'memory' };
  readonly faults: { readonly counts: ReadonlyMap<string, number> };
  readonly exchanges: {
    counts(): readonly {
      readonly exchangeId: string;
      readonly totals: Readonly<Record<string, number>>;
      readonly unknownEvents: ReadonlyMap<string, number>;
      readonly readUntil: number;
    }[];
    links(): readonly { readonly exchangeId: string; readonly status: string }[];
  };
}

export function createMetrics(sources: MetricsSources): { readonly registry: Registry; text(): Promise<string> } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('calls_live', 'live calls', () => sources.calls.size);
  gauge('deadlines_armed', 'instants that are waited for', () => sources.deadlines.size);
  gauge('storage_ok', '1: entries are durable, 0: they wait in memory', () =>
    sources.ledger.storage === 'ok' ? 1 : 0,
  );
  gauge(
    'journal_behind_seconds',
    'how long the oldest entry waits that is not durable yet',
    () => sources.journal.behindMs / 1_000,
  );
  new Gauge({
    name: 'faults_total',
    help: 'faults of the product since the start, by what was being done; each is in the log, nothing else was hit',
    labelNames: ['place'],
    registers: [registry],
    collect() {
      for (const [place, count] of sources.faults.counts) this.set({ place }, count);
    },
  });
  new Gauge({
    name: 'ami_link_up',
    help: '1 when the link to the exchange is up and in step',
    labelNames: ['exchange'],
    registers: [registry],
    collect() {
      for (const { exchangeId, status } of sources.exchanges.links())
        this.set({ exchange: exchangeId }, status === 'up' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'ami_read_until_seconds',
    help: 'when the exchange sent the newest event that was read, by its own clock: now less this is how far we are behind',
    labelNames: ['exchange'],
    registers: [registry],
    collect() {
      for (const { exchangeId, readUntil } of sources.exchanges.counts())
        this.set({ exchange: exchangeId }, readUntil / 1_000);
    },
  });
  new Gauge({
    name: 'ami_total',
    help: 'what the AMI connection has counted since the start, by kind (received, late, losses…)',
    labelNames: ['exchange', 'kind'],
    registers: [registry],
    collect() {
      for (const { exchangeId, totals } of sources.exchanges.counts())
        for (const [kind, count] of Object.entries(totals)) this.set({ exchange: exchangeId, kind }, count);
    },
  });
  new Gauge({
    name: 'ami_unknown_events',
    help: 'AMI events that the product does not know, by name',
    labelNames: ['exchange', 'event'],
    registers: [registry],
    collect() {
      for (const { exchangeId, unknownEvents } of sources.exchanges.counts())
        for (const [event, count] of unknownEvents) this.set({ exchange: exchangeId, event }, count);
    },
  });
  return { registry, text: () => registry.metrics() };
}
