import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { percentile, type Figure } from './kit.ts';
import { paintedWith, percentiles, wall } from './paint.ts';
import { pause } from './product.ts';

/** The same machine echoing raw bytes over loopback: what no software can beat. */
export async function echo(): Promise<Figure[]> {
  const server = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const times: number[] = [];
  for (let sample = 0; sample < 500; sample += 1) {
    const from = performance.now();
    const back = new Promise<void>((resolve) => {
      socket.once('data', () => resolve());
    });
    socket.write('Event: Hold\r\n\r\n');
    await back;
    times.push((performance.now() - from) * 1000);
  }
  socket.destroy();
  server.close();
  return [0.5, 0.99].map((share) => ({
    what: `baseline: raw bytes echoed, p${share * 100}`,
    value: Math.round(percentile(times, share)),
    unit: 'µs',
  }));
}

const POLLING_PAGE = `<!doctype html><main></main><script>
  setInterval(async () => {
    document.querySelector('main').textContent = await (await fetch('/state')).text();
  }, 1000);
</script>`;

/** A page that asks once a second, as VICIdial's does, with nothing to do on the server but to answer. */
export async function polling(browser: Browser, samples: number): Promise<{ figures: Figure[]; meanMs: number }> {
  let state = 'state 0 ';
  const server = createHttpServer((request, response) => {
    response.setHeader('content-type', request.url === '/state' ? 'text/plain' : 'text/html');
    response.end(request.url === '/state' ? state : POLLING_PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const times: number[] = [];
  for (let sample = 1; sample <= samples; sample += 1) {
    const painted = paintedWith(page, 'main', `state ${sample} `, 3_000);
    // Spread evenly over the second between two questions.
    await pause(30 + ((sample * 370) % 1_000));
    const written = wall();
    state = `state ${sample} `;
    const at = await painted;
    if (at > written) times.push(at - written);
  }
  await page.close();
  server.close();
  const meanMs = times.reduce((sum, each) => sum + each, 0) / Math.max(1, times.length);
  return { meanMs, figures: percentiles('baseline: asked once a second, change to pixel', times, samples) };
}
