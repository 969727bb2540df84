import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { Server as SocketServer } from 'socket.io';
import type { PanelView } from '../../server/contract/panel.ts';
import type { CommandResult } from '../../server/contract/protocol.ts';
import type { ScriptEvent } from '../../machines/script/index.ts';
import type { FieldValue } from '../../machines/script/view.ts';
import { fakePanelRoutes } from './fakePanelRoutes.ts';
import { startLiveScript, type LiveScript } from './liveScript.ts';
import { knownAt, SCENARIOS } from './panelScenarios.ts';

export interface Command {
  readonly id: string;
  readonly name: string;
  readonly input: Record<string, unknown>;
}
export interface FakePanelServer {
  readonly url: string;
  /** Every command that came, in order. */
  readonly commands: Command[];
  /** Shows a situation on every panel. */
  show(name: string): void;
  push(view: PanelView): void;
  /** How the next commands of this name are answered; `undefined` never answers. */
  answer(name: string, result: CommandResult | undefined): void;
  /** A call on a real script of the library: choices and answers are taken as the server takes them. */
  openCall(scriptId?: string): LiveScript;
  /** Every answer to a command, and the push before it, comes so much later. */
  slow(ms: number): void;
  /** The session ends elsewhere: sockets are dropped, and refused until somebody signs in. */
  signOut(): Promise<void>;
  /** Drops all sockets and refuses new ones, or takes them again. */
  network(up: boolean): void;
  close(): Promise<void>;
}

function serveFiles(app: Express, files: string): void {
  const root = join(process.cwd(), files);
  app.use(express.static(root));
  app.use((_request, response) => response.sendFile(join(root, 'index.html')));
}

/** A command of the panel as an event of the script; undefined when it is none. */
function scriptEvent({ name, input }: Command, at: number): ScriptEvent | undefined {
  switch (name) {
    case 'script.choose':
      return { type: 'choose', choiceId: String(input['choiceId']), at };
    case 'script.answer':
      return { type: 'answer', fieldId: String(input['fieldId']), value: input['value'] as FieldValue | null, at };
    case 'script.back':
      return { type: 'back', at };
    case 'script.restart':
      return { type: 'restart', at };
    case 'script.language':
      return { type: 'language', language: input['language'] === 'en' ? 'en' : 'ru', at };
    default:
      return undefined;
  }
}

/** Speaks the wire of the panel and shows what it is told to: for looking at the panel without the product behind it. */
export async function startFakePanelServer(
  options: { signedIn?: boolean; port?: number } = {},
): Promise<FakePanelServer> {
  const app = express();
  const signedIn = { value: options.signedIn ?? true };
  fakePanelRoutes(app, signedIn);
  const http: Server = createServer(app);
  const io = new SocketServer(http, { serveClient: false });
  const commands: Command[] = [];
  const answers = new Map<string, CommandResult | undefined>();
  const seen = new Set<string>();
  let view: PanelView = SCENARIOS['idle']!(Date.now());
  let up = true;
  let delayMs = 0;
  let live: LiveScript | undefined;
  app.get('/api/v1/scripts/:id/versions/:version', (_request, response) => {
    if (live) response.json(live.document);
    else response.status(404).json({ code: 'script.unknown', title: 'none' });
  });
  serveFiles(app, 'build/client');
  io.use((_socket, next) => {
    if (!up) next(new Error('network.down'));
    else if (signedIn.value) next();
    else next(new Error('session.required'));
  });
  io.on('connection', (socket) => {
    socket.on('subscribe', (topic: string, ack?: () => void) => {
      if (topic === 'panel') socket.emit(topic, { ...view, serverNow: Date.now() });
      ack?.();
    });
    socket.on('command', (command: Command, ack: (result: CommandResult) => void) => {
      if (!seen.has(command.id)) commands.push(command);
      seen.add(command.id);
      setTimeout(() => {
        const result = answers.has(command.name) ? answers.get(command.name) : obey(command);
        if (result) ack(result);
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const push = (next: PanelView): void => {
    view = next;
    io.emit('panel', { ...next, serverNow: Date.now() });
  };
  const liveView = (): PanelView => {
    const shown = SCENARIOS['greeting']!(Date.now());
    const call = shown.calls[0]!;
    return live ? { ...shown, calls: [{ ...call, script: live.view(), learned: live.learned() }] } : shown;
  };
  function obey(command: Command): CommandResult {
    const event = live && scriptEvent(command, Date.now());
    const refused = event && live?.take(event);
    if (refused) return { ok: false, error: { code: refused.code, details: { why: refused.message } } };
    if (event) push(liveView());
    return { ok: true };
  }
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    commands,
    push,
    show(name) {
      const make = SCENARIOS[name];
      if (!make) throw new Error(`no situation named ${name}`);
      push(make(Date.now()));
    },
    openCall(scriptId = 'inbound') {
      live = startLiveScript(scriptId, knownAt(Date.now()));
      push(liveView());
      return live;
    },
    slow(ms) {
      delayMs = ms;
    },
    answer: (name, result) => void answers.set(name, result),
    signOut() {
      signedIn.value = false;
      io.disconnectSockets(true);
      return Promise.resolve();
    },
    network(next) {
      up = next;
      if (!next) io.disconnectSockets(true);
    },
    close: () =>
      new Promise((resolve) => {
        void io.close(() => resolve());
      }),
  };
}
