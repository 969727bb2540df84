import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Log } from '../log.ts';
import { notFound, problems } from './problem.ts';
import { openApiOf } from './openapi.ts';
import { precompressed } from './precompressed.ts';
import { mount, type FindCaller, type Route } from './route.ts';
import { signInLimit } from './session.ts';

export interface HttpSetup {
  readonly routes: readonly Route[];
  /** Another instance answers `/api/v1`: this hands the requests on, before any route. */
  readonly forward?: RequestHandler;
  /** Serves `/rehearsal/<id>/…`: products of their own inside this one. */
  readonly rehearsal?: RequestHandler;
  /** Proxies whose `X-Forwarded-For` is believed, as Express' `trust proxy` takes them. */
  readonly trustedProxies?: string;
  readonly findCaller: FindCaller;
  /** Folder of the built client. */
  readonly clientDir: string;
  readonly version: string;
  readonly log: Log;
  /** Faults by part; empty when ready. */
  health(): Promise<Readonly<Record<string, string>>>;
  /** Prometheus text. */
  metrics(): Promise<string>;
  readonly metricsToken?: string;
}

/** The web server: `/api/v1`, health, metrics and the pages. */
export function createHttp(setup: HttpSetup): { app: Express; server: Server } {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set(
    'trust proxy',
    (setup.trustedProxies ?? 'loopback').split(',').map((each) => each.trim()),
  );
  // Before anything reads a request: what is carried on is carried whole, headers too.
  if (setup.rehearsal) app.use('/rehearsal', setup.rehearsal);
  app.use(secured());
  addHealth(app, setup);
  const api = express.Router();
  api.post('/session', signInLimit());
  if (setup.forward) api.use(setup.forward);
  api.use(express.json({ limit: '2mb' }));
  const document = openApiOf(setup.routes, setup.version);
  api.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  mount(api, setup.routes, setup.findCaller);
  api.use(notFound);
  app.use('/api/v1', api);
  addPages(app, setup.clientDir);
  app.use(notFound);
  app.use(problems(setup.log));
  return { app, server: createServer(app) };
}

/**
 * The page's policy rules what it loads, so its files carry none: a kilobyte of headers on each of twenty files would be a
 * tenth of the first load. That a browser must not guess their type is said of them too.
 */
function secured(): RequestHandler {
  const forPages = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        // Served over plain HTTP inside many offices: nothing may be moved to HTTPS behind their back.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
  return (request, response, next) => {
    if (!request.path.startsWith('/assets/')) return forPages(request, response, next);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  };
}

function addHealth(app: Express, setup: HttpSetup): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', (_request, response, next) => {
    setup.health().then((faults) => {
      const ready = Object.keys(faults).length === 0;
      response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', faults });
    }, next);
  });
  app.get('/metrics', (request, response, next) => {
    const allowed = setup.metricsToken
      ? request.headers.authorization === `Bearer ${setup.metricsToken}`
      : ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
    if (!allowed) {
      response.status(403).end();
      return;
    }
    setup.metrics().then((text) => response.type('text/plain').send(text), next);
  });
}

/** Built files carry a hash in their names and never change; the page itself is asked for anew each time. */
function addPages(app: Express, clientDir: string): void {
  if (!existsSync(clientDir)) return;
  app.use('/assets', precompressed(join(clientDir, 'assets')));
  app.use(
    '/assets',
    express.static(join(clientDir, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false }),
  );
  app.use(express.static(clientDir, { index: false, maxAge: '1h' }));
  app.get('/{*path}', (request, response, next) => {
    if (request.path.startsWith('/api/') || request.path.startsWith('/socket.io')) {
      next();
      return;
    }
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: resolve(clientDir) });
  });
}
