import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a start may wait for until it comes back by itself, or somebody has made room. */
export type AwaitedPart = 'storage' | 'disk' | 'redis';

const AGAIN_S = 2;
/** What a machine reads: `/healthz`, `/readyz` and the title of a refused request. */
const TOLD: Readonly<Record<AwaitedPart, string>> = {
  storage: 'waiting for the database, which does not answer',
  disk: 'waiting for room on the disk of the database',
  redis: 'waiting for Redis, which does not answer',
};
/** What a person reads, in both languages of the screens: which one is chosen is known to the pages alone. */
const PEOPLE = [
  {
    language: 'ru',
    title: 'Сервер запускается',
    awaited: {
      storage: 'База данных не отвечает. Сервер пробует снова и начнёт работу сам, как только она ответит.',
      disk: 'На диске базы данных нет места. Сервер начнёт работу сам, как только администратор освободит место.',
      redis: 'Redis не отвечает. Сервер пробует снова и начнёт работу сам, как только он ответит.',
    },
    rest: 'Страница откроется сама. Звонки тем временем идут через АТС как обычно.',
  },
  {
    language: 'en',
    title: 'The server is starting',
    awaited: {
      storage: 'The database does not answer. The server keeps trying and begins by itself when it does.',
      disk: 'The disk of the database is full. The server begins by itself when the administrator has made room.',
      redis: 'Redis does not answer. The server keeps trying and begins by itself when it does.',
    },
    rest: 'This page opens by itself. Calls meanwhile go on through the exchange as ever.',
  },
] as const;
const STYLE = `
  :root { color-scheme: light dark; --bg: #f4f5f7; --text: #14161b; --quiet: #4b515d; --line: #c3c8d2 }
  @media (prefers-color-scheme: dark) { :root { --bg: #101216; --text: #eceef2; --quiet: #a4abb8; --line: #3a404b } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--bg); color: var(--text);
    font: 18px/1.5 'Golos Text', 'Segoe UI', system-ui, sans-serif }
  main { max-width: 36em; padding: 24px }
  h1 { margin: 0 0 8px; font-size: 30px; font-weight: 600; line-height: 1.2 }
  p { margin: 0 0 8px }
  section + section { margin-top: 24px; padding-top: 24px; border-top: 1px solid var(--line); color: var(--quiet);
    font-size: 15px }
  section + section h1 { font-size: 18px }
`;

/** Alive and not ready yet: said to balancers and supervisors in JSON, to people as a page that goes on by itself. */
export function answerWhileStarting(request: IncomingMessage, response: ServerResponse, awaited?: AwaitedPart): void {
  const told = awaited === undefined ? 'reading its records' : TOLD[awaited];
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  response.setHeader('Cache-Control', 'no-store');
  const json = (status: number, body: object, type = 'application/json'): void => {
    response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` }).end(JSON.stringify(body));
  };
  if (path === '/healthz') return json(200, { status: 'starting', waitingFor: told });
  response.setHeader('Retry-After', AGAIN_S);
  if (path === '/readyz') return json(503, { status: 'not ready', faults: { start: told } });
  if (!request.headers.accept?.includes('text/html'))
    return json(503, { code: 'server.starting', title: `the server is starting: ${told}` }, 'application/problem+json');
  response
    .writeHead(503, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    })
    .end(request.method === 'HEAD' ? undefined : pageOf(awaited));
}

const pageOf = (awaited: AwaitedPart | undefined): string => `<!doctype html>
<html lang="ru">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="refresh" content="${AGAIN_S}" />
    <title>Сервер запускается</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>${PEOPLE.map(({ language, title, awaited: words, rest }) => {
      const lines = [...(awaited === undefined ? [] : [words[awaited]]), rest];
      return `<section lang="${language}"><h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}</section>`;
    }).join('')}</main>
  </body>
</html>
`;
