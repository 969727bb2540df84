import type { Actions, Request } from './action.ts';

/** Asterisk's `ast_true`. */
export const isYes = (text: string): boolean => /^(?:yes|true|y|t|1|on)$/i.test(text);

/** The channel of a request: `undefined` when none was named, `'gone'` when there is none of that name. */
const channelOf = (request: Request) => {
  if (request.get('Channel') === '') return undefined;
  return request.channel() ?? ('gone' as const);
};

/** `SHARED(NAME,channel)` names a variable of another channel; everything else is one of this channel. */
const SHARED = /^SHARED\((\w+),(.+)\)$/;

const EXISTS = /^DIALPLAN_EXISTS\(([\w-]+),([^,]+),1\)$/;

export const VALUE_ACTIONS: Actions = {
  Setvar: {
    rights: ['call'],
    run: (request) => {
      const variable = request.get('Variable');
      const channel = channelOf(request);
      if (variable === '') {
        request.fail('No variable specified');
        return;
      }
      if (channel === 'gone') {
        request.fail('No such channel');
        return;
      }
      const { board, globals } = request.exchange.core;
      const value = request.get('Value');
      const shared = SHARED.exec(variable);
      const other = shared === null ? undefined : board.byName(shared[2] ?? '');
      request.succeed('Variable Set');
      if (shared !== null && other !== undefined) board.setVariable(other, `SHARED(${shared[1] ?? ''})`, value);
      else if (channel !== undefined) board.setVariable(channel, variable, value);
      else globals.set(variable.replace(/^GLOBAL\((\w+)\)$/, '$1'), value);
    },
  },
  Getvar: {
    rights: ['call', 'reporting'],
    run: (request) => {
      const variable = request.get('Variable');
      const channel = channelOf(request);
      if (variable === '') {
        request.fail('No variable specified');
        return;
      }
      if (channel === 'gone') {
        request.fail('No such channel');
        return;
      }
      const { globals } = request.exchange.core;
      const place = EXISTS.exec(variable);
      const exists = place && (request.exchange.dialplan.knows(place[1] ?? '', place[2] ?? '') ? '1' : '0');
      const held = variable === 'CHANNEL(onhold)' && channel !== undefined ? (channel.held ? '1' : '0') : undefined;
      const value =
        exists ?? held ?? channel?.variables.get(variable) ?? globals.get(variable.replace(/^GLOBAL\((\w+)\)$/, '$1'));
      request.answer({ Variable: variable, Value: value ?? '' });
    },
  },
  DBPut: {
    rights: ['system'],
    run: (request) => {
      if (!hasFamilyAndKey(request)) return;
      request.exchange.database.set(databaseKey(request), request.get('Val'));
      request.succeed('Updated database successfully');
    },
  },
  DBGet: {
    rights: ['system', 'reporting'],
    run: (request) => {
      if (!hasFamilyAndKey(request)) return;
      const value = request.exchange.database.get(databaseKey(request));
      if (value === undefined) {
        request.fail('Database entry not found');
        return;
      }
      const fields = { Family: request.get('Family'), Key: request.get('Key'), Val: value };
      request.list('Result will follow', 'DBGetComplete', [{ event: 'DBGetResponse', fields }], { idLast: true });
    },
  },
  DBDel: {
    rights: ['system'],
    run: (request) => {
      if (!hasFamilyAndKey(request)) return;
      if (request.exchange.database.delete(databaseKey(request))) request.succeed('Key deleted successfully');
      else request.fail('Database entry could not be deleted');
    },
  },
};

const databaseKey = (request: Request): string => `/${request.get('Family')}/${request.get('Key')}`;
const hasFamilyAndKey = (request: Request): boolean => {
  if (request.get('Family') === '') request.fail('No family specified.');
  else if (request.get('Key') === '') request.fail('No key specified');
  else return true;
  return false;
};
