export * from './callMachine.ts';
export type { Attributed, CallEvent, CallRecord, Consultation, HoldRecord, Segment, TransferRecord } from './record.ts';
