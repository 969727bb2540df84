import { laidOut, type Drawing } from './layout.ts';

/** Lays a script out beside the page, which goes on answering. */
globalThis.addEventListener('message', ({ data }: MessageEvent<Drawing>) => {
  postMessage(laidOut(data));
});
