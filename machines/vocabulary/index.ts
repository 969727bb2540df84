export * from './ids.ts';
export * from './time.ts';
export * from './facts.ts';
export * from './roles.ts';
export * from './errors.ts';
export * from './numberForms.ts';
