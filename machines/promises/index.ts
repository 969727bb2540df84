export * from './holdTypes.ts';
export { WARN_FIRST_MS, WARN_LAST_MS, UNPROMISED_GRACE_MS } from './holdRules.ts';
export * from './holdPromise.ts';
export * from './holdBook.ts';
export * from './holdView.ts';
