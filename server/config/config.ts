import { z } from 'zod';

/**
 * The whole configuration: environment → one frozen object. Every key with its meaning and default stands in `KEYS`,
 * from which `.env.example` and the fault messages are made as well.
 */
const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
const port = whole(0, 65_535);
const yesNo = z.stringbool({ error: 'must be true or false' });
const SPEED = 'must be a number from 0.1 to 60';
const HOSTS = /^[^\s:,]+(:\d{1,5})?(\s*,\s*[^\s:,]+(:\d{1,5})?)*$/;
const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('ru', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'is not a time zone such as Europe/Moscow');

interface Key<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly about: string;
  readonly example?: string;
}
const key = <Schema extends z.ZodType>(schema: Schema, about: string, example?: string): Key<Schema> =>
  example === undefined ? { schema, about } : { schema, about, example };

export const KEYS = {
  PORT: key(port.default(8080), 'TCP port of the web server', '8080'),
  HOST: key(z.string().default('127.0.0.1'), 'address to listen on; 0.0.0.0 for all', '127.0.0.1'),
  DATA_DIR: key(
    z.string().min(1).default('./data'),
    'folder of the embedded store, the backlog and recordings',
    './data',
  ),
  LIBRARY_DIR: key(
    z.string().min(1).default('./scripts-library'),
    'folder of the script library, the seed of a new installation',
  ),
  MONGODB_URI: key(
    z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://')
      .optional(),
    'MongoDB 7 or 8; without it the embedded store is used',
    'mongodb://127.0.0.1:27017/telephone',
  ),
  REDIS_URL: key(
    z
      .string()
      .regex(/^rediss?:\/\//, 'must begin with redis://')
      .optional(),
    'Redis; only needed for several servers, together with MONGODB_URI',
    'redis://127.0.0.1:6379',
  ),
  AMI_HOST: key(
    z.string().regex(HOSTS, 'must be host, host:port, or several with commas between').optional(),
    'Asterisk; without it the demonstration exchange starts. Several: host1,host2; telephones of the second are main2:PJSIP/101',
    '127.0.0.1',
  ),
  AMI_PORT: key(port.default(5038), 'AMI port', '5038'),
  AMI_USERNAME: key(z.string().default('telephone-regulation'), 'AMI user of asterisk/manager.conf'),
  AMI_SECRET: key(z.string().optional(), 'its secret; required with AMI_HOST'),
  AMI_TLS: key(yesNo.default(false), 'true when AMI is reached over TLS'),
  AMI_EVENT_TOKEN: key(
    z.string().min(8, 'must have 8 characters at least').optional(),
    "secret that signs the dialplan's UserEvents; without it one is made and given to the exchange at each start",
  ),
  OPERATOR_DEVICES: key(
    z.string().default('^(PJSIP|SIP)/\\d{3,4}$'),
    'regular expression of the telephones of staff; all other channels are clients and trunks',
  ),
  CALLER_ID: key(z.string().default(''), "the organisation's number shown to clients who are called", '84712000000'),
  SITE_TIME_ZONE: key(timeZone.default('Europe/Moscow'), 'time zone of the site: greetings, working hours, deadlines'),
  AROUND_THE_CLOCK: key(
    yesNo.optional(),
    'true: calls are taken at any hour by the scripts of working time, and only terms follow the calendar; ' +
      'without it true in the demonstration, false with AMI_HOST',
    'false',
  ),
  ORGANIZATION_NAME: key(
    z.string().min(1).default('Министерство образования и науки Курской области'),
    'named in the greeting',
  ),
  TRANSFER_LIMIT: key(whole(0, 9).default(2), 'transfers to other staff allowed per inquiry (3.5.1)'),
  WRAP_UP_MS: key(
    whole(0, 3_600_000).default(120_000),
    'time for after-call work before the operator becomes ready by itself; 0: never by itself',
  ),
  SESSION_TTL_HOURS: key(whole(1, 168).default(12), 'how long a sign-in lasts'),
  RETENTION_DAYS: key(whole(0, 36_500).default(0), 'personal data of calls older than this is erased; 0: kept'),
  RECORDINGS_DIR: key(z.string().optional(), 'folder where the exchange puts its recordings, if it records'),
  SECURE_COOKIES: key(yesNo.default(false), 'true behind HTTPS'),
  TRUSTED_PROXIES: key(
    z.string().min(1).default('loopback'),
    'addresses of load balancers whose X-Forwarded-For is believed: loopback, uniquelocal, 10.0.0.5, 10.0.0.0/24…',
  ),
  METRICS_TOKEN: key(
    z.string().optional(),
    'bearer token for GET /metrics; without it metrics answer on loopback only',
  ),
  DEMO_SPEED: key(
    z.coerce.number({ error: SPEED }).min(0.1, { error: SPEED }).max(60, { error: SPEED }).default(1),
    'speed of the demonstration exchange',
  ),
  LOG_LEVEL: key(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'least level that is logged',
  ),
} as const;

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly libraryDir: string;
  readonly mongodbUri?: string;
  readonly redisUrl?: string;
  /** Empty: the demonstration exchange. */
  readonly asterisks: readonly { readonly id: string; readonly host: string; readonly port: number }[];
  readonly amiUsername: string;
  readonly amiSecret: string;
  readonly amiTls: boolean;
  readonly amiEventToken?: string;
  readonly operatorDevices: RegExp;
  readonly callerId: string;
  readonly timeZone: string;
  /** Calls are taken at any hour; terms follow the calendar all the same. */
  readonly aroundTheClock: boolean;
  readonly organizationName: string;
  readonly transferLimit: number;
  readonly wrapUpMs: number;
  readonly sessionTtlMs: number;
  readonly retentionDays: number;
  readonly recordingsDir?: string;
  readonly secureCookies: boolean;
  readonly trustedProxies: string;
  readonly metricsToken?: string;
  readonly demoSpeed: number;
  readonly logLevel: string;
}
export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

type Values = { -readonly [Name in keyof typeof KEYS]: z.output<(typeof KEYS)[Name]['schema']> };

/** Reads the environment; tells every fault at once, in words. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const faults: string[] = [];
  const values = {} as Values;
  for (const [name, { schema, about }] of Object.entries(KEYS)) {
    const raw = environment[name];
    const parsed = schema.safeParse(raw === '' ? undefined : raw);
    if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else faults.push(`${name}=${shown(name, raw)}: ${parsed.error.issues[0]?.message ?? 'bad value'} (${about})`);
  }
  if (values.AMI_HOST && !values.AMI_SECRET)
    faults.push('AMI_SECRET is required with AMI_HOST (the secret of the AMI user)');
  if (values.REDIS_URL && !values.MONGODB_URI)
    faults.push('REDIS_URL needs MONGODB_URI: several servers share one MongoDB');
  const devices = regularExpression(values.OPERATOR_DEVICES ?? '');
  if (!devices) faults.push(`OPERATOR_DEVICES=${values.OPERATOR_DEVICES}: is not a regular expression`);
  if (faults.length > 0 || !devices) return { ok: false, faults };
  return { ok: true, config: Object.freeze(build(values, devices)) };
}

function build(v: Values, operatorDevices: RegExp): Config {
  return {
    port: v.PORT,
    host: v.HOST,
    dataDir: v.DATA_DIR,
    libraryDir: v.LIBRARY_DIR,
    ...optional('mongodbUri', v.MONGODB_URI),
    ...optional('redisUrl', v.REDIS_URL),
    asterisks: asterisks(v.AMI_HOST, v.AMI_PORT),
    amiUsername: v.AMI_USERNAME,
    amiSecret: v.AMI_SECRET ?? '',
    amiTls: v.AMI_TLS,
    ...optional('amiEventToken', v.AMI_EVENT_TOKEN),
    operatorDevices,
    callerId: v.CALLER_ID,
    timeZone: v.SITE_TIME_ZONE,
    aroundTheClock: v.AROUND_THE_CLOCK ?? !v.AMI_HOST,
    organizationName: v.ORGANIZATION_NAME,
    transferLimit: v.TRANSFER_LIMIT,
    wrapUpMs: v.WRAP_UP_MS,
    sessionTtlMs: v.SESSION_TTL_HOURS * 3_600_000,
    retentionDays: v.RETENTION_DAYS,
    ...optional('recordingsDir', v.RECORDINGS_DIR),
    secureCookies: v.SECURE_COOKIES,
    trustedProxies: v.TRUSTED_PROXIES,
    ...optional('metricsToken', v.METRICS_TOKEN),
    demoSpeed: v.DEMO_SPEED,
    logLevel: v.LOG_LEVEL,
  };
}
const optional = <Name extends string>(name: Name, value: string | undefined): { [K in Name]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: string };

function asterisks(hosts: string | undefined, defaultPort: number): Config['asterisks'] {
  if (!hosts) return [];
  return hosts.split(',').map((each, index) => {
    const [host = '', port] = each.trim().split(':');
    return { id: index === 0 ? 'main' : `main${index + 1}`, host, port: port ? Number(port) : defaultPort };
  });
}
function regularExpression(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
const shown = (name: string, raw: string | undefined): string =>
  /SECRET|TOKEN|URI|URL/.test(name) ? '…' : String(raw);

/** The text of `.env.example`. */
export const envExample = (): string =>
  Object.entries(KEYS)
    .map(([name, { about, schema, example }]) => {
      const fallback = schema.safeParse(undefined);
      const value = fallback.success && fallback.data !== undefined ? String(fallback.data) : '';
      return `# ${about}\n${value ? '' : '# '}${name}=${value || (example ?? '')}\n`;
    })
    .join('\n');
