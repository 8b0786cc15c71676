import { type OperationName, ROUTES } from '@holdfast/contract';
import { OPERATIONS, type Operation, problem } from '@holdfast/contract/api';
import { z } from 'zod';

type JsonSchema = Readonly<Record<string, unknown>>;

/** The API's document in OpenAPI 3.1, made of the contract's operations. */
export function openApiOf(version: string): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const name of Object.keys(ROUTES) as OperationName[]) {
    const [method = '', route = ''] = ROUTES[name].split(' ');
    const path = route.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, OPERATIONS[name]) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Holdfast', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'holdfast' } },
    },
    security: [{ session: [] }],
  };
}

function operationOf(name: string, { summary, params, query, body, answer }: Operation): JsonSchema {
  return {
    operationId: name,
    summary,
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body && { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      200: { description: 'It was done.', content: json(schemaOf(answer, 'output')) },
      default: {
        description: 'It was refused.',
        content: json({ $ref: '#/components/schemas/Problem' }),
      },
    },
  };
}

function parametersOf(shape: z.ZodObject | undefined, place: 'path' | 'query'): JsonSchema[] {
  if (shape === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  });
  return schema;
}

const json = (schema: JsonSchema): JsonSchema => ({ 'application/json': { schema } });
