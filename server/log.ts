import { pino, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'> & { child(bindings: object): Log };

/**
 * Structured log on standard output. Personal data does not belong in it: numbers are masked by those who log them
 * (`maskedNumber`), and these paths are cut out whatever happens.
 */
export const createLog = (level: string): Log =>
  pino({ level, redact: { paths: ['password', '*.password', 'secret', '*.secret', 'token', '*.token'], censor: '…' } });

/** `+79065550101` → `+7906•••0101`: enough to find a call, not enough to dial it. */
export const maskedNumber = (number: string): string =>
  number.length < 7 ? '•••' : `${number.slice(0, -7)}•••${number.slice(-4)}`;
