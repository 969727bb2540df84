import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'> & { child(bindings: object): Log };

/**
 * Structured log on standard output. Personal data does not belong in it: numbers are masked by those who log them
 * (`maskedNumber`), and these paths are cut out whatever happens.
 */
export function createLog(level: string): Log {
  const paths = ['password', '*.password', 'secret', '*.secret', 'token', '*.token'];
  const options = { level, redact: { paths, censor: '…' } };
  return process.stdout.isTTY
    ? pino(
        options,
        forPeople((text) => process.stdout.write(text)),
      )
    : pino(options);
}

/** Who sits at a terminal reads lines; what collects logs gets the same as JSON. */
export const forPeople = (write: (text: string) => void): DestinationStream => ({
  write(line) {
    const { level, time, msg, pid: _pid, hostname: _host, err, ...facts } = JSON.parse(line) as Line;
    const clock = new Date(time).toTimeString().slice(0, 8);
    const said = Object.entries(facts).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    const grave = level > pino.levels.values['info']! ? [`${pino.levels.labels[level]}:`] : [];
    const text = [clock, ...grave, msg, ...said].filter(Boolean).join(' ');
    write([text, err?.stack, ''].filter((each) => each !== undefined).join('\n'));
  },
});
interface Line {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly pid: number;
  readonly hostname: string;
  readonly err?: { readonly stack?: string };
}

/** `+79065550101` → `+7906•••0101`: enough to find a call, not enough to dial it. */
export const maskedNumber = (number: string): string =>
  number.length < 7 ? '•••' : `${number.slice(0, -7)}•••${number.slice(-4)}`;
