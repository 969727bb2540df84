import {
  formatPacket,
  PacketDecoder,
  type PacketFields,
  type WirePacket,
} from '../../../server/telephony/connection/wire.ts';
import { SHIPPED_ACCOUNT, type AmiAccount } from '../../../server/telephony/demo/amiServer.ts';
import type { AmiClass } from '../../../server/telephony/demo/events.ts';
import { DemoExchange, type Listener } from '../../../server/telephony/demo/exchange.ts';
import type { HappeningAt } from '../../../server/telephony/demo/happenings.ts';
import { SITE_TIMES, type Site } from '../../../server/telephony/demo/site.ts';
import { Telephones } from '../../../server/telephony/demo/telephones.ts';
import { FakeClock } from '../../support/fakeClock.ts';

export const GENERAL = '84712000000';
export const KINDERGARTENS = '84712000001';
export const EXAMS = '84712000002';
export const DIRECT_101 = '84712000101';
export const CLIENT = { number: '79065550101', name: 'Иванов Пётр' };

const telephone = (number: string, name: string) => ({ device: `PJSIP/${number}`, number, name });
const queue = (name: string, extension: string, did: string, members: [string, number][], serviceLevelMs = 20_000) => ({
  name,
  extension,
  did,
  members: members.map(([number, penalty]) => ({ device: `PJSIP/${number}`, penalty })),
  strategy: 'leastrecent' as const,
  ringMs: 15_000,
  retryMs: 2_000,
  wrapUpMs: 0,
  serviceLevelMs,
});

/** The site on which the recordings of `test/fixtures/ami` were made. */
export const RECORDED_SITE: Site = {
  ...SITE_TIMES,
  ringMs: 4_000,
  telephones: [
    telephone('101', 'Анна Петровна'),
    telephone('102', 'Борис Сергеевич'),
    telephone('103', 'Вера Ильинична'),
    telephone('104', 'Глеб Андреевич'),
    telephone('190', 'Дарья Викторовна'),
  ],
  queues: [
    queue('general-questions', '601', GENERAL, [
      ['101', 0],
      ['102', 0],
      ['103', 1],
    ]),
    queue(
      'kindergartens',
      '602',
      KINDERGARTENS,
      [
        ['103', 0],
        ['104', 0],
      ],
      30_000,
    ),
    queue('exams', '603', EXAMS, [['104', 0]]),
  ],
};

/** Sites of scenarios that were recorded with other values of `site/globals.conf`. */
export const SITES: Readonly<Record<string, Site>> = {
  'recorded-and-surveyed': { ...RECORDED_SITE, recordCalls: true, surveyQuestions: 1 },
};

/** What the recordings were made with: more than the product asks for now. */
export const RECORDED_ACCOUNT: AmiAccount = {
  ...SHIPPED_ACCOUNT,
  without: ['Newexten', 'VarSet', 'RTCPSent', 'RTCPReceived', 'ContactStatus', 'PeerStatus'],
};

/** One event that the exchange told, as a client of the account would have read it. */
export interface Told {
  readonly event: string;
  readonly fields: PacketFields;
  readonly at: number;
}

/** A demo exchange on a fake clock, with an ear of the shipped account and a witness of the truth. */
export class Rig implements Listener {
  readonly clock = new FakeClock();
  readonly exchange: DemoExchange;
  readonly keys: Telephones;
  readonly told: Told[] = [];
  readonly truth: HappeningAt[] = [];
  readonly #account: AmiAccount;

  constructor(site: Site = RECORDED_SITE, account: AmiAccount = SHIPPED_ACCOUNT) {
    this.#account = account;
    this.exchange = new DemoExchange(site, this.clock);
    this.keys = new Telephones(this.exchange);
    this.exchange.listen(this);
    this.exchange.witness((happening) => this.truth.push(happening));
    this.exchange.core.globals.set('EVENT_TOKEN', 'rig-token');
  }

  wants(eventClass: AmiClass, event: string): boolean {
    return this.#account.read.includes(eventClass) && !this.#account.without.includes(event);
  }
  event(event: string, _eventClass: AmiClass, fields: PacketFields, at: number): void {
    this.told.push({ event, fields, at });
  }

  pass(ms: number): void {
    this.clock.advance(ms);
  }
  /** Everybody of `general-questions` but one is on a break, as in the recordings. */
  only(...free: string[]): void {
    for (const number of ['101', '102', '103'])
      if (!free.includes(number)) this.exchange.queues.pause(`PJSIP/${number}`, true, 'перерыв');
  }
  call(dialled = GENERAL, client: { number: string; name: string } = CLIENT): string {
    const id = this.exchange.callIn({ ...client, dialled, script: { surveyDigits: '5' } });
    if (id === undefined) throw new Error(`${dialled} is not in service`);
    this.pass(RECORDED_SITE.answerPauseMs);
    return id;
  }
  /** A client in conversation with 101, as most scenarios begin. */
  talksTo101(): string {
    this.only('101');
    const client = this.call();
    this.pass(100);
    this.keys.answer('PJSIP/101');
    this.pass(150);
    return client;
  }
  hangUp(client: string): void {
    this.exchange.clientHangsUp(client);
    this.pass(300);
  }
  channelOf(device: string): string {
    return this.exchange.core.board.of(device)[0]?.name ?? '';
  }
  names(): string[] {
    return this.told.map(({ event }) => event);
  }
  facts(): string[] {
    return this.truth.map((each) => each.type);
  }
  /** What a client would have read, as text. */
  text(): string {
    return this.told.map(({ event, fields }) => formatPacket({ Event: event, ...fields })).join('');
  }
}

/** Packets of a recording: text of AMI in, packets out. */
export const packetsOf = (text: string): WirePacket[] => new PacketDecoder().push(text);
