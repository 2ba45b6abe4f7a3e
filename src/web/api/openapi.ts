import { z } from 'zod'
import type { Route } from '../answer.ts'
import { statusOf } from '../errors.ts'
import { tagged, tagOf } from '../tagged.ts'
import { type AsFile, type Described, openOperation, Written } from './operation.ts'

// `/api/v1/openapi.json`, made of what the operations declare.

/** Written once, and sent as it is. */
export function openApiRoute(
  operations: readonly Described[],
  about: { readonly version: string; readonly url: string | null },
): Described {
  let written: { readonly tag: string; readonly text: string } | null = null
  const own: Described = openOperation({
    ...{ method: 'GET', path: '/api/v1/openapi.json', name: 'describe' },
    says: 'This document.',
    answers: z.record(z.string(), z.unknown()),
    run({ headers }): Written {
      const { tag, text } = document()
      return new Written(tagged(tag, headers['if-none-match'], { body: () => text }))
    },
  })
  return own

  function document() {
    if (written) return written
    const text = `${JSON.stringify(openApi([...operations, own], about))}\n`
    written = { tag: tagOf(text), text }
    return written
  }
}

export const isDescribed = (route: Route): route is Described => 'described' in route

/** OpenAPI 3.1.1, whose schemas are those of JSON Schema 2020-12. */
export function openApi(
  operations: readonly Described[],
  { version, url }: { readonly version: string; readonly url: string | null },
): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const { described } of operations) {
    const path = described.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [described.method.toLowerCase()]: operationOf(described) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'platen',
      version,
      description: 'What the print room knows, and what may be done with it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: url ?? '/' }],
    security: [{ token: [] }, { password: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of an account.' },
        password: {
          type: 'http',
          scheme: 'basic',
          description: 'Name and password of an account.',
        },
      },
      schemas: { Error: schemaOf(error, 'output') },
      responses: {
        Error: { description: 'Declined', content: jsonOf({ $ref: '#/components/schemas/Error' }) },
      },
    },
  }
}

const error = z.object({
  error: z.string().describe('Of a closed list: invalid, missing, conflict …'),
  message: z.string().describe('What is wrong and what to do now, for a person'),
  details: z.record(z.string(), z.unknown()),
})

function operationOf({
  path,
  name,
  says,
  query,
  body,
  status = 200,
  elseStatus,
  answers,
  needs,
  refuses = [],
}: Described['described']) {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, each = '']) => each)
  const success = answers === null && status === 200 ? 204 : status
  const codes = new Set([
    ...refuses.map((code) => statusOf[code]),
    ...(needs === 'anybody' ? [] : [401, 429]),
    ...(needs === 'anybody' || needs === null ? [] : [403]),
    ...(named.length > 0 ? [404] : []),
    ...(query || body ? [422] : []),
    ...(body ? [400, 413, 415] : []),
  ])
  return {
    operationId: name,
    summary: says,
    tags: [path.split('/')[3]],
    ...(needs === 'anybody' ? { security: [] } : {}),
    ...(needs !== 'anybody' && needs !== null
      ? { description: `Needs the right “${needs}”.` }
      : {}),
    parameters: [
      ...named.map((each) => ({
        name: each,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...Object.entries(query ?? {}).map(([each, schema]) => ({
        ...{
          name: each,
          in: 'query',
          required: false,
          schema: schemaOf(schema as z.ZodType, 'input'),
        },
      })),
    ],
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: jsonOf(schemaOf(body, 'input')),
          },
        }
      : {}),
    responses: {
      [success]: { description: 'Done', ...contentOf(answers) },
      ...Object.fromEntries(
        [...codes].sort().map((code) => [code, { $ref: '#/components/responses/Error' }]),
      ),
      ...(elseStatus && { [elseStatus]: { description: 'Not well', ...contentOf(answers) } }),
    },
  }
}

function contentOf(answers: z.ZodType | AsFile | null): object {
  if (answers === null) return {}
  if (answers instanceof z.ZodType) return { content: jsonOf(schemaOf(answers, 'output')) }
  return { content: { [answers.type]: { schema: { type: 'string' } } } }
}

const jsonOf = (schema: object) => ({ 'application/json': { schema } })

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _said, ...written } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return written
}
