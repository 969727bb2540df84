import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { SipPhone } from '../sip/sipPhone.ts';
import { asteriskRoot } from './asteriskRoot.ts';
import { freeTcpPort, freeUdpPort } from './freePort.ts';
import { AMI_SECRET, AMI_USERNAME, TRUNK_IP, writeConfig, type SiteConfig } from './siteConfig.ts';

export interface AsteriskOptions {
  readonly globals?: Readonly<Record<string, string>>;
  readonly holdByNotify?: boolean;
}

/** A real exchange with the shipped configuration, and telephones for it. */
export interface RunningAsterisk {
  readonly host: '127.0.0.1';
  readonly amiPort: number;
  readonly amiUsername: string;
  readonly amiSecret: string;
  readonly sipPort: number;
  /** Port on 127.0.0.1 at which the exchange looks for the telephone of an extension. */
  readonly telephonePort: Readonly<Record<string, number>>;
  /** Port on 127.0.0.2 at which the exchange looks for the city. */
  readonly trunkPort: number;
  /** A telephone of the staff: 101 to 104 and 190. It lives until `stop()` or its own `close()`. */
  addTelephone(extension: string): Promise<SipPhone>;
  /** A citizen who calls: number and name as the trunk tells them. */
  addCaller(number?: string, name?: string): Promise<SipPhone>;
  /** The city as seen from the trunk: what the staff dial rings here. */
  addCity(): Promise<SipPhone>;
  /** One command of Asterisk's own console, for a test to look with. */
  console(command: string): string;
  /** A file under the exchange's log folder: `queue_log`, `cel-custom/channel-events.csv`, `messages.log`. */
  logFile(name: string): Promise<string>;
  /** Ends the process as a crash does, without a word to anybody. */
  kill(): Promise<void>;
  /** Starts it again with the same configuration and ports. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const EXTENSIONS = ['101', '102', '103', '104', '190'];
const START_LIMIT_MS = 60_000;

export const startAsterisk = async (options: AsteriskOptions = {}): Promise<RunningAsterisk> => {
  const root = asteriskRoot();
  if (root === undefined) throw new Error('no Asterisk: set ASTERISK_ROOT to its chroot');
  const amiPort = await freeTcpPort();
  const inside = `/etc/rig-${process.pid}-${amiPort}`;
  const folder = join(root, inside);
  const telephonePort: Record<string, number> = {};
  for (const extension of EXTENSIONS) telephonePort[extension] = await freeUdpPort();
  const site: SiteConfig = {
    amiPort,
    sipPort: await freeUdpPort(),
    // Far from the ports that the kernel gives out, and apart for parallel runs.
    rtpStart: 10_000 + (amiPort % 90) * 220,
    telephones: telephonePort,
    trunkPort: await freeUdpPort(TRUNK_IP),
    ...options,
  };
  await writeConfig(folder, inside, site);

  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn('chroot', [root, 'asterisk', '-f', '-C', `${inside}/asterisk.conf`], { stdio: 'ignore' });
    await booted(child, amiPort);
  };
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const exited = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await exited;
  };
  await start();

  const phones: SipPhone[] = [];
  const open = async (user: string, ip: string, port: number, name?: string): Promise<SipPhone> => {
    const common = { user, ip, serverIp: '127.0.0.1', serverPort: site.sipPort };
    const phone = await SipPhone.open(name === undefined ? common : { ...common, name }, port);
    phones.push(phone);
    return phone;
  };
  return {
    host: '127.0.0.1',
    amiPort,
    amiUsername: AMI_USERNAME,
    amiSecret: AMI_SECRET,
    sipPort: site.sipPort,
    telephonePort,
    trunkPort: site.trunkPort,
    addTelephone: (extension) => open(extension, '127.0.0.1', telephonePort[extension] ?? 0),
    addCaller: (number = '79065550101', name = 'Иванов Пётр') => open(number, TRUNK_IP, 0, name),
    addCity: () => open('city', TRUNK_IP, site.trunkPort),
    console: (command) =>
      spawnSync('chroot', [root, 'asterisk', '-C', `${inside}/asterisk.conf`, '-rx', command]).stdout.toString(),
    logFile: (name) => readFile(join(folder, 'var/log', name), 'utf8'),
    kill: () => kill('SIGKILL'),
    start,
    stop: async () => {
      await Promise.all(phones.map((phone) => phone.close()));
      await kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Resolves when the exchange greets at its AMI port and says that it is fully booted. */
const booted = async (child: ChildProcess, port: number): Promise<void> => {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`Asterisk ended with ${child.exitCode} while starting`);
    if (await greetsAndBooted(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Asterisk did not start in time');
};

const greetsAndBooted = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    const done = (answer: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => done(false), 1_000);
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
    socket.on('connect', () =>
      socket.write(`Action: Login\r\nUsername: ${AMI_USERNAME}\r\nSecret: ${AMI_SECRET}\r\nEvents: system\r\n\r\n`),
    );
    socket.on('data', (bytes) => {
      heard += bytes.toString('utf8');
      if (heard.includes('Event: FullyBooted')) done(true);
    });
  });
