export * from './transferLimit.ts';
