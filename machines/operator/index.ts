export * from './readinessTypes.ts';
export * from './readinessMachine.ts';
export * from './readiness.ts';
