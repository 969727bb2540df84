import { defineConfig } from 'vitest/config';

/**
 * The suffix of a file says how fast it is: `.unit` and `.contract` need nothing but Node, `.int` starts parts of the
 * product on loopback, `.system` needs a real exchange, `.e2e` a real browser.
 */
const project = (name: string, suffix: string, extra: Record<string, unknown> = {}) => ({
  test: {
    name,
    include: [`test/**/*.${suffix}.test.ts`, `test/**/*.${suffix}.test.tsx`],
    dangerouslyIgnoreUnhandledErrors: false,
    setupFiles: ['test/support/oneSeed.ts'],
    // Far beyond what any test needs: a busy machine is no fault of the product.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000 } },
    ...extra,
  },
});

/**
 * The files of one worker share their modules, as the product does: loading them anew for each file took longer than the
 * tests. Nothing in the house keeps state outside of what is built, so no file can see another.
 */
const SHARED = { isolate: false };

/** A real exchange and a real browser share the machine with whatever else runs there: one more try tells noise from fault. */
const PATIENT = { retry: 2, globalSetup: ['test/support/buildClient.ts'] };

export default defineConfig({
  test: {
    globalSetup: ['test/support/buildOnce.ts'],
    // By itself it leaves one core to others, which on two cores is half of the machine.
    maxWorkers: '100%',
    projects: [
      project('unit', 'unit', SHARED),
      project('contract', 'contract', SHARED),
      project('int', 'int', SHARED),
      // After all that need nothing. Two files side by side: most of their time goes by while telephones ring.
      project('system', 'system', { ...PATIENT, sequence: { groupOrder: 1 } }),
      // A browser takes the whole machine: what is measured there must not wait for another.
      project('e2e', 'e2e', { ...PATIENT, fileParallelism: false, sequence: { groupOrder: 2 } }),
    ],
  },
});
