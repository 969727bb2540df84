import { createHash, randomInt } from 'node:crypto';
import { AMI_CLASSES } from '../events.ts';
import type { Actions, Request } from './action.ts';

/** What a client may ask before its login. */
export const BEFORE_LOGIN: ReadonlySet<string> = new Set(['login', 'challenge', 'logoff']);

/** Plain, or MD5 of challenge and secret. */
const isRight = (request: Request, secret: string): boolean => {
  if (request.get('AuthType').toLowerCase() !== 'md5') return request.get('Secret') === secret;
  const { challenge } = request.session;
  const key = createHash('md5')
    .update(challenge + secret)
    .digest('hex');
  return challenge !== '' && request.get('Key').toLowerCase() === key;
};

const login = (request: Request): void => {
  const { session } = request;
  const account = session.server.accounts.get(request.get('Username'));
  if (account === undefined || !isRight(request, account.secret)) {
    const { wallClock, refusalDelayMs } = session.server.options;
    wallClock.setTimer(wallClock.now() + refusalDelayMs, () => {
      request.fail('Authentication failed');
      session.end();
    });
    return;
  }
  const events = request.get('Events');
  if (events !== '') setMask(request, events);
  request.succeed('Authentication accepted');
  session.loggedIn(account);
  const { exchange } = request;
  const uptime = Math.floor(exchange.uptimeMs / 1000);
  if (session.wants('system', 'FullyBooted'))
    session.ownEvent('FullyBooted', 'system', { Uptime: uptime, LastReload: uptime, Status: 'Fully Booted' });
};

/** `on`, `off`, or classes between commas. */
const setMask = (request: Request, text: string): void => {
  const { session } = request;
  const words = text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
  session.eventsOn = !words.includes('off') && !words.includes('0');
  const classes: readonly string[] = AMI_CLASSES;
  session.mask = new Set(words.filter((word) => classes.includes(word)));
};

export const SESSION_ACTIONS: Actions = {
  Login: { rights: [], run: login },
  Challenge: {
    rights: [],
    run: (request) => {
      if (request.get('AuthType').toLowerCase() !== 'md5') {
        request.fail('Must specify AuthType');
        return;
      }
      request.session.challenge = String(randomInt(100_000_000, 999_999_999));
      request.answer({ Challenge: request.session.challenge });
    },
  },
  Logoff: {
    rights: [],
    run: (request) => {
      request.answer({ Response: 'Goodbye', Message: 'Thanks for all the fish.' });
      request.session.end();
    },
  },
  Ping: {
    rights: [],
    run: (request) => {
      const seconds = (request.exchange.core.clock.now() / 1000).toFixed(6);
      request.answer({ Ping: 'Pong', Timestamp: seconds });
    },
  },
  Events: {
    rights: [],
    run: (request) => {
      setMask(request, request.get('EventMask'));
      request.answer({ Events: request.session.eventsOn ? 'On' : 'Off' });
    },
  },
  CoreSettings: {
    rights: ['system', 'reporting'],
    run: (request) =>
      request.answer({
        AMIversion: '11.0.0',
        AsteriskVersion: '22.10.1',
        SystemName: '',
        CoreMaxCalls: 0,
        CoreMaxLoadAvg: '0.000000',
        CoreRunUser: '',
        CoreRunGroup: '',
        CoreMaxFilehandles: 0,
        CoreRealTimeEnabled: 'No',
        CoreCDRenabled: 'No',
        CoreHTTPenabled: 'No',
        SoundsSearchCustomDir: 'No',
      }),
  },
  CoreStatus: {
    rights: ['system', 'reporting'],
    run: (request) => {
      const { exchange } = request;
      const boot = new Date(exchange.bootedAt).toISOString();
      const [date = '', time = ''] = boot.slice(0, 19).split('T');
      request.answer({
        CoreStartupDate: date,
        CoreStartupTime: time,
        CoreReloadDate: date,
        CoreReloadTime: time,
        CoreCurrentCalls: exchange.core.board.channels.size,
        CoreProcessedCalls: exchange.processedCalls,
      });
    },
  },
  UserEvent: {
    rights: ['user'],
    run: (request) => {
      request.succeed('Event Sent');
      const fields = Object.fromEntries(
        request.packet.filter(([key]) => !['action', 'userevent'].includes(key.toLowerCase())),
      );
      request.exchange.core.emit('UserEvent', () => ({ UserEvent: request.get('UserEvent'), ...fields }));
    },
  },
};
