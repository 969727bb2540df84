import { z } from 'zod';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;
const schemaOf = (schema: z.ZodType): unknown => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return rest;
};

/** The OpenAPI 3.1 document, made from the same schemas that check the requests. */
export function openApiOf(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const each of routes) (paths[each.path] ??= {})[each.method] = operationOf(each);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Telephone regulation',
      version,
      description: 'Calls, inquiries, promises and scripts of a contact centre.',
    },
    servers: [{ url: '/api/v1' }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'session' },
      },
      schemas: { Problem: PROBLEM },
    },
    paths,
  };
}
const PROBLEM = {
  type: 'object',
  required: ['code', 'title'],
  properties: { code: { type: 'string' }, title: { type: 'string' }, requestId: { type: 'string' } },
};

function operationOf(each: Route): Json {
  return {
    summary: each.summary,
    ...(each.roles === undefined ? { security: [] } : { security: [{ bearer: [] }, { session: [] }] }),
    ...(each.roles?.length ? { description: `Roles: ${each.roles.join(', ')}` } : {}),
    parameters: [...parametersOf(each.params, 'path'), ...parametersOf(each.query, 'query')],
    ...(each.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(each.body) } } } }
      : {}),
    responses: {
      200: each.reply
        ? { description: 'OK', content: { 'application/json': { schema: schemaOf(each.reply) } } }
        : { description: 'OK' },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const object = schemaOf(schema) as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(object.properties ?? {}).map(([name, each]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required ?? []).includes(name),
    schema: each,
  }));
}
