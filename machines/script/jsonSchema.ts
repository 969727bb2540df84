import { z } from 'zod';
import { scriptSchema } from './format.ts';

/** The format as JSON Schema (draft 2020-12), for editors that complete and check YAML while it is typed. */
export function scriptJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(scriptSchema, { io: 'input', reused: 'inline' }) };
}
