import { subscribe } from './product.ts';

/** Open panels without pages, in a process of their own: `port`, then a token each. Says when all are connected. */
const [port = '0', ...tokens] = process.argv.slice(2);
await Promise.all(tokens.map((token) => subscribe(Number(port), token, 'panel')));
process.send?.('connected');
// Whoever opened them is gone.
process.on('disconnect', () => process.exit(0));
