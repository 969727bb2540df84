import { describe, test } from 'vitest';
import { allCases } from './cases/all.ts';
import { mongoUri, onMongo } from './mongo.ts';

if (mongoUri === undefined) process.stderr.write('not run: storage contract on MongoDB (set MONGODB_URI)\n');

describe.runIf(mongoUri !== undefined)('storage contract: MongoDB', () => {
  for (const { title, run } of allCases) test(title, () => onMongo(mongoUri ?? '', run));
});
