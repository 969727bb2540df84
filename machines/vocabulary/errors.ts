export type ErrorKind = 'user' | 'operational' | 'unexpected';

/**
 * A fault. Expected outcomes are values, never this. `code` is stable and dotted (`telephony.linkLost`): screens turn
 * it into words of the person's language, `message` is for logs.
 */
export class AppError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  /** Plain values that the words of the screen may need, such as the limit that was passed. */
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: string,
    message: string,
    options: { kind?: ErrorKind; cause?: unknown; details?: Record<string, string | number | boolean> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.kind = options.kind ?? 'operational';
    this.details = options.details ?? {};
  }
}
