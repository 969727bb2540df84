import { expect, it } from 'vitest';
import { setup } from 'xstate';
import { pure } from '../../machines/step.ts';

it('[STEP-01] a chart whose states give way to each other for ever is an error, not the end of the server', () => {
  const states = { calm: { on: { go: 'a' } }, a: { always: 'b' }, b: { always: 'a' } };
  const endless = pure(setup({}).createMachine({ initial: 'calm', states }));
  expect(() => endless.step(endless.start(undefined).state, { type: 'go' })).toThrow('Infinite loop');
});

it('[STEP-02] a stored state that the chart does not know is told when it is read, not at its next event', () => {
  const chart = pure(setup({}).createMachine({ initial: 'calm', states: { calm: {} } }));
  const { state } = chart.start(undefined);
  expect(chart.readable(state)).toBe(state);
  for (const value of ['stormy', { calm: 'deep' }]) expect(() => chart.readable({ ...state, value })).toThrow();
});
