export * from './holdTypes.ts';
export { WARN_FIRST_MS, WARN_LAST_MS, KEYING_GRACE_MS, UNPROMISED_GRACE_MS } from './holdRules.ts';
export * from './holdPromise.ts';
export * from './holdBook.ts';
export * from './holdView.ts';
export * from './callbackTypes.ts';
export { CONFIRM_AGAIN_MS, DEFAULT_CALLBACK_POLICY, DIAL_GIVE_UP_MS, clientKnows, mayGiveUp } from './callbackRules.ts';
export * from './callbackPromise.ts';
export * from './callbackView.ts';
