export * from './protocol.ts';
export * from './panel.ts';
export * from './commands.ts';
export * from './rest.ts';
export * from './board.ts';
export * from './demo.ts';
