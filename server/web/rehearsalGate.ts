import { request as httpRequest } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { FindCaller } from './route.ts';

export interface RehearsalGateSetup {
  readonly findCaller: FindCaller;
  readonly addressOf: (
    rehearsalId: string,
    personId: string,
  ) => { readonly port: number; readonly token: string } | undefined;
}

/** What concerns one hop only, and who asks: inside, the trainee is another person with another token. */
const NOT_CARRIED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'host', 'cookie']);

/**
 * `/rehearsal/<id>/…` → the same address of that rehearsal's own web server, pages, interface and live views alike.
 * Live views come by long polling: nothing but plain requests has to be carried.
 */
export const rehearsalGate =
  ({ findCaller, addressOf }: RehearsalGateSetup): RequestHandler =>
  (request, response, next) => {
    const [, rehearsalId = '', rest = '/'] = /^\/([\w-]{1,60})(\/.*)?$/.exec(request.url) ?? [];
    findCaller(request)
      .then((caller) => {
        const address = caller && addressOf(rehearsalId, caller.person.id);
        if (address) carry(request, response, rest, address);
        else response.status(404).end();
      })
      .catch(next);
  };

function carry(
  request: Request,
  response: Response,
  path: string,
  { port, token }: { readonly port: number; readonly token: string },
): void {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !NOT_CARRIED.has(name)));
  const inner = httpRequest(
    {
      ...{ host: '127.0.0.1', port, path, method: request.method },
      headers: { ...headers, host: `127.0.0.1:${port}`, authorization: `Bearer ${token}` },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  inner.on('error', () => {
    // The rehearsal has ended, perhaps in the middle of an answer.
    if (response.headersSent) response.destroy();
    else response.status(404).end();
  });
  response.on('close', () => inner.destroy());
  request.pipe(inner);
}
