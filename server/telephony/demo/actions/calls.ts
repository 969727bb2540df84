import type { PartyId } from '../model.ts';
import type { Actions, Request } from './action.ts';
import { isYes } from './values.ts';

/** `"Name" <number>` */
const callerIdOf = (text: string): PartyId | undefined => {
  if (text === '') return undefined;
  const found = /^\s*"?(.*?)"?\s*<(.*)>\s*$/.exec(text);
  return found === null ? { name: '', number: text } : { name: found[1] ?? '', number: found[2] ?? '' };
};

const originate = (request: Request): void => {
  const device = request.get('Channel');
  if (device === '') {
    request.fail('Channel not specified');
    return;
  }
  if (!device.includes('/')) {
    request.fail('Invalid channel');
    return;
  }
  const asynchronous = isYes(request.get('Async'));
  const callerId = callerIdOf(request.get('CallerID'));
  if (asynchronous) request.succeed('Originate successfully queued');
  const application = request.get('Application');
  const place: Record<string, string> =
    application === ''
      ? { Context: request.get('Context'), Exten: request.get('Exten') }
      : { Application: application, Data: request.get('Data') };
  request.exchange.originating.begin({
    device,
    context: request.get('Context'),
    number: request.get('Exten'),
    application,
    data: request.get('Data'),
    callerId,
    timeoutMs: Number(request.get('Timeout')) || 30_000,
    uniqueid: request.get('ChannelId') || undefined,
    variables: request.variables(),
    done: ({ channel, reason }) => {
      const succeeded = channel !== undefined;
      if (!asynchronous) {
        if (succeeded) request.succeed('Originate successfully queued');
        else request.fail('Originate failed');
        return;
      }
      request.exchange.core.emit('OriginateResponse', () => ({
        ...(request.get('ActionID') === '' ? {} : { ActionID: request.get('ActionID') }),
        Response: succeeded ? 'Success' : 'Failure',
        Channel: channel?.name ?? device,
        ...place,
        Reason: reason,
        Uniqueid: channel?.uniqueid ?? '<unknown>',
        CallerIDNum: callerId?.number ?? '<unknown>',
        CallerIDName: callerId?.name ?? '<unknown>',
      }));
    },
  });
};

const hangUp = (request: Request): void => {
  const wanted = request.get('Channel');
  if (wanted === '') {
    request.fail('No channel specified');
    return;
  }
  const pattern = /^\/(.*)\/$/.exec(wanted);
  if (pattern !== null) {
    hangUpMatching(request, pattern[1] ?? '');
    return;
  }
  const channel = request.channel();
  if (channel === undefined) {
    request.fail('No such channel');
    return;
  }
  request.succeed('Channel Hungup');
  request.exchange.hangUpByAmi(channel);
};
const hangUpMatching = (request: Request, source: string): void => {
  const plain = source.replaceAll('\\/', '/').replace(/^\^/, '');
  const found = [...request.exchange.core.board.channels.values()].filter((each) => each.name.startsWith(plain));
  request.list(
    'Channels hung up will follow',
    'ChannelsHungupListComplete',
    found.map((each) => ({ event: 'ChannelHungup', fields: { Channel: each.name } })),
    { idLast: true },
  );
  for (const channel of found) request.exchange.hangUpByAmi(channel);
};

/** Needs `Channel`, told in the words that transfers use. */
const transferring = (request: Request, needed: 'Exten' | 'nothing') => {
  if (request.get('Channel') === '') {
    request.fail('No channel specified');
    return undefined;
  }
  if (needed === 'Exten' && request.get('Exten') === '') {
    request.fail('No extension specified');
    return undefined;
  }
  const channel = request.channel();
  if (channel === undefined) request.fail('Channel specified does not exist');
  return channel;
};

export const CALL_ACTIONS: Actions = {
  Originate: { rights: ['originate'], run: originate },
  Hangup: { rights: ['system', 'call'], run: hangUp },
  BlindTransfer: {
    rights: ['call'],
    run: (request) => {
      const channel = transferring(request, 'Exten');
      if (channel === undefined) return;
      if (request.exchange.core.board.peerOf(channel) === undefined) {
        request.fail('Transfer invalid');
        return;
      }
      request.succeed('Transfer succeeded');
      request.exchange.transfers.blind(channel, request.get('Exten'));
    },
  },
  Atxfer: {
    rights: ['call'],
    run: (request) => {
      const channel = transferring(request, 'Exten');
      if (channel === undefined) return;
      request.succeed('Atxfer successfully queued');
      request.exchange.consultations.begin(channel, request.get('Exten'));
    },
  },
  CancelAtxfer: {
    rights: ['call'],
    run: (request) => {
      const channel = transferring(request, 'nothing');
      if (channel === undefined) return;
      request.succeed('CancelAtxfer successfully queued');
      request.exchange.consultations.cancel(channel);
    },
  },
  Redirect: {
    rights: ['call'],
    run: (request) => {
      const name = request.get('Channel');
      if (name === '') {
        request.fail('Channel not specified');
        return;
      }
      const channel = request.channel();
      if (channel === undefined) {
        request.fail(`Channel does not exist: ${name}`);
        return;
      }
      request.succeed('Redirect successful');
      request.exchange.queues.withdraw(channel);
      request.exchange.transfers.redirect(channel, request.get('Context'), request.get('Exten'));
    },
  },
  Bridge: {
    rights: ['call'],
    run: (request) => {
      const [client, target] = [request.channel('Channel1'), request.channel('Channel2')];
      if (request.get('Channel1') === '' || request.get('Channel2') === '')
        request.fail('Missing channel parameter in request');
      else if (client === undefined) request.fail('Channel1 does not exists');
      else if (target === undefined) request.fail('Channel2 does not exists');
      else if (client.bridge === undefined || target.bridge === undefined) request.fail('Failed to bridge channels');
      else {
        const asking = request.exchange.core.board.peerOf(target);
        request.succeed('Channels have been bridged');
        if (asking !== undefined) request.telephones.joinedByExchange(asking);
        request.exchange.transfers.bridge(client, target);
      }
    },
  },
  Park: {
    rights: ['call'],
    run: (request) => {
      const channel = transferring(request, 'nothing');
      if (channel === undefined) return;
      request.succeed('Park successful');
      const parker = request.get('TimeoutChannel') || request.exchange.core.board.peerOf(channel)?.name || '';
      const peer = request.exchange.talking.takeOut(channel);
      request.exchange.parking.park(channel, parker, () => request.exchange.dialplan.finish(channel));
      if (peer !== undefined) request.exchange.talking.release(peer, 16);
    },
  },
  PJSIPNotify: {
    rights: ['system'],
    run: (request) => {
      const events = request.variables().filter(([name]) => name.toLowerCase() === 'event');
      if (request.all('Variable').length === 0) {
        request.fail('PJSIPNotify requires either an Option or Variable(s).You must use only one of them.');
        return;
      }
      const channel = request.channel();
      const endpoint = request.get('Endpoint');
      if (request.get('Channel') !== '' && channel === undefined) {
        request.fail('Channel not found');
        return;
      }
      const device = channel?.device ?? `PJSIP/${endpoint}`;
      if (!request.exchange.core.site.telephones.some((each) => each.device === device)) {
        request.fail(`Unable to retrieve endpoint ${endpoint}`);
        return;
      }
      request.succeed('NOTIFY sent');
      for (const [, event] of events) notified(request, device, event);
    },
  },
};

/** How long a telephone takes to answer a NOTIFY with its re-INVITE. */
const TELEPHONE_MS = 30;

/** A telephone that understands NOTIFY: `hold` holds, `talk` lifts or resumes. */
const notified = (request: Request, device: string, event: string): void => {
  if (request.exchange.telephoneScripts.get(device)?.ignoresNotify === true) return;
  const { telephones } = request;
  request.exchange.core.after(TELEPHONE_MS, () => {
    if (event === 'hold') telephones.hold(device);
    else if (event === 'talk' && telephones.ringing(device).length > 0) telephones.answer(device);
    else if (event === 'talk') telephones.resume(device);
  });
};
