import { configureGlobal } from 'fast-check';

/** Every run of the tests tries the same cases; `CASES=<number>` tries others. */
configureGlobal({ seed: Number(process.env['CASES'] ?? 20261127) });
