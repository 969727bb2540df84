import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeUdpPort } from './freePort.ts';

/**
 * Scenarios for sipp, which plays them by its own clock and at any rate: operators and callers by the hundred. What must
 * be decided while it runs, or join two calls of one telephone, is for `SipPhone`.
 */
export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  /** re-INVITE with `a=sendonly`: Hold. */
  | { readonly do: 'hold' }
  /** re-INVITE with `a=sendrecv`: Unhold. */
  | { readonly do: 'resume' }
  /** Blind transfer; ends the scenario after the exchange's NOTIFY. */
  | { readonly do: 'refer'; readonly number: string }
  | { readonly do: 'bye' }
  /** The other side hangs up. */
  | { readonly do: 'awaitBye' };

export interface OperatorScenario {
  readonly ringMs: number;
  /** `answer`, or how the telephone refuses: 486 busy, 480 not there. `never`: it rings until the exchange gives up. */
  readonly outcome: 'answer' | 486 | 480 | 'never';
  readonly steps: readonly Step[];
}

const sdp = (direction: 'sendrecv' | 'sendonly'): string => `v=0
o=sipp 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
a=${direction}`;

/** With UPDATE the exchange tells who is connected without a re-INVITE, and `-aa` answers it. */
const ALLOW = 'Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, NOTIFY, REFER, UPDATE\n';

const send = (text: string, retransmits = false): string =>
  `<send${retransmits ? ' retrans="500"' : ''}><![CDATA[\n\n${text}\n\n]]></send>\n`;

const response = (line: string, body = ''): string =>
  send(`SIP/2.0 ${line}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]o[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
${ALLOW}${body === '' ? '' : 'Content-Type: application/sdp\n'}Content-Length: [len]

${body}`);

/** Requests inside a dialog differ by which side began it. */
interface Side {
  request(method: string, cseq: number, extra: string, body: string): string;
}
const called: Side = {
  request: (method, cseq, extra, body) =>
    send(
      `${method} [$target] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$to];tag=[pid]o[call_number]
To:[$from]
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Contact: <sip:[local_ip]:[local_port]>
Max-Forwards: 70
${extra}Content-Length: [len]

${body}`,
      method !== 'ACK',
    ),
};
const calling: Side = {
  request: (method, cseq, extra, body) =>
    send(
      `${method} [$target] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "[field1]" <sip:[field0]@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To:[$peer]
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Contact: <sip:[field0]@[local_ip]:[local_port]>
Max-Forwards: 70
${extra}Content-Length: [len]

${body}`,
      method !== 'ACK',
    ),
};

const SDP = 'Content-Type: application/sdp\n';
const recv = (code: number, optional = false): string =>
  `<recv response="${code}"${optional ? ' optional="true"' : ''}></recv>\n`;
const answerRequest = (method: string): string => `<recv request="${method}"></recv>\n${response('200 OK')}`;

const renderSteps = (side: Side, steps: readonly Step[]): string => {
  let cseq = 100;
  const reinvite = (direction: 'sendrecv' | 'sendonly'): string => {
    cseq += 1;
    const invite = side.request('INVITE', cseq, SDP, sdp(direction));
    return invite + recv(100, true) + recv(200) + side.request('ACK', cseq, '', '');
  };
  const bye = (): string => {
    cseq += 1;
    return side.request('BYE', cseq, '', '') + recv(200);
  };
  return steps
    .map((step) => {
      if (step.do === 'wait') return `<pause milliseconds="${step.ms}"/>\n`;
      if (step.do === 'hold') return reinvite('sendonly');
      if (step.do === 'resume') return reinvite('sendrecv');
      if (step.do === 'awaitBye') return answerRequest('BYE');
      if (step.do === 'bye') return bye();
      cseq += 1;
      const refer = side.request('REFER', cseq, `Refer-To: <sip:${step.number}@[remote_ip]:[remote_port]>\n`, '');
      // The exchange reports 100, 180 and 200 of the transfer; the telephone then ends its own leg.
      return `${refer}${recv(202)}${answerRequest('NOTIFY')}${answerRequest('NOTIFY')}${answerRequest('NOTIFY')}${bye()}`;
    })
    .join('');
};

const document = (name: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="${name}">\n${body}</scenario>\n`;

/** A telephone of the staff: is called. */
export const operatorXml = ({ ringMs, outcome, steps }: OperatorScenario): string => {
  const begin = `<recv request="INVITE"><action>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>
<ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact:" assign_to="target"/>
</action></recv>
${response('180 Ringing')}`;
  const uses = '<Reference variables="from,to,target"/>\n';
  if (outcome === 'never') {
    // CANCEL is answered, then the INVITE itself.
    return document(
      'never',
      `${begin}<recv request="CANCEL"></recv>\n${response('200 OK')}<pause milliseconds="50"/>\n${uses}`,
    );
  }
  const ring = ringMs > 0 ? `<pause milliseconds="${ringMs}"/>\n` : '';
  if (outcome !== 'answer') {
    return document('refuses', `${begin}${ring}${response(`${outcome} Refused`)}<recv request="ACK"></recv>\n${uses}`);
  }
  const answered = `${response('200 OK', sdp('sendrecv'))}<recv request="ACK"></recv>\n`;
  return document('operator', `${begin}${ring}${answered}${renderSteps(called, steps)}${uses}`);
};

/** A citizen: calls `number`. Field 0 of the input is the own number, field 1 the name. */
export const callerXml = (number: string, steps: readonly Step[]): string => {
  const invite = send(
    `INVITE sip:${number}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "[field1]" <sip:[field0]@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:${number}@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:[field0]@[local_ip]:[local_port]>
Max-Forwards: 70
${ALLOW}Content-Type: application/sdp
Content-Length: [len]

${sdp('sendrecv')}`,
    true,
  );
  const answered = `<recv response="200"><action>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="peer"/>
<ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact:" assign_to="target"/>
</action></recv>
`;
  const early = recv(100, true) + recv(180, true) + recv(183, true);
  const body = `${invite}${early}${answered}${calling.request('ACK', 1, '', '')}${renderSteps(calling, steps)}`;
  return document('caller', `${body}<Reference variables="peer,target"/>\n`);
};

export interface SippOptions {
  readonly xml: string;
  readonly ip: string;
  /** 0: any. */
  readonly port: number;
  readonly serverPort: number;
  readonly calls: number;
  /** Callers: number and name, used in turn. */
  readonly people?: readonly (readonly [number: string, name: string])[];
}
export interface RunningSipp {
  readonly pid: number;
  /** Exit code: 0 when every call went as written. */
  readonly ended: Promise<number>;
  /** What it says of messages that did not fit. */
  errors(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts sipp; it ends by itself after `calls` calls, or by `stop()`, by its own process id. */
export const startSipp = async (options: SippOptions): Promise<RunningSipp> => {
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
  await writeFile(join(folder, 'scenario.xml'), options.xml);
  const people = options.people ?? [['100', 'sipp']];
  await writeFile(join(folder, 'people.csv'), `SEQUENTIAL\n${people.map((each) => each.join(';')).join('\n')}\n`);
  const child = spawn(
    'sipp',
    [
      `127.0.0.1:${options.serverPort}`,
      ...['-sf', 'scenario.xml', '-inf', 'people.csv', '-i', options.ip, '-m', String(options.calls)],
      ...['-p', String(options.port === 0 ? await freeUdpPort(options.ip) : options.port)],
      // Unexpected but harmless messages (UPDATE with a connected line, re-INVITE) are answered by sipp itself.
      ...['-nostdin', '-trace_err', '-error_file', 'errors.log', '-aa', '-recv_timeout', '60000', '-r', '1'],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const ended = exitOf(child);
  return {
    pid: child.pid ?? 0,
    ended,
    errors: () => readFile(join(folder, 'errors.log'), 'utf8').catch(() => ''),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? -1));
  });
