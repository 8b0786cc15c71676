import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ROUTES } from '@holdfast/contract';
import fc from 'fast-check';
import { saysWhatToDo } from '../test-setup/problems.ts';
import { testHome, testServer } from '../test-setup/test-server.ts';

interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

interface Described {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

/** Words that break what is not careful. */
const NASTY = [
  '',
  '..',
  '../../etc/passwd',
  '%2e%2e%2f',
  '/',
  '\\',
  'a\0b',
  "'; DROP TABLE items; --",
  '<script>alert(1)</script>',
  '\ud800',
  '\u202e',
  'x'.repeat(500),
  '-1',
  '0',
  '9'.repeat(30),
  'NaN',
  'true',
  'null',
  '__proto__',
  'constructor',
  'ab'.repeat(32),
  '127.0.0.1:1',
  '[::1]:1',
  '/nowhere',
];

const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 30 }));

/** Values that fit a schema, as a rule. */
function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const { anyOf, oneOf, enum: words, properties = {}, required = [], items } = schema;
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(fitting));
  if ('const' in schema) return fc.constant(schema.const);
  if (words !== undefined) return fc.constantFrom(...words);
  switch (schema.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one)])),
        { requiredKeys: [...required] },
      );
    case 'array':
      return fc.array(fitting(items ?? {}), { maxLength: 4 });
    case 'integer':
      return fc.oneof(fc.integer({ min: 0, max: 40 }), fc.maxSafeInteger());
    case 'number':
      return fc.double();
    case 'boolean':
      return fc.boolean();
    case 'string':
      return text;
    default:
      return fc.jsonValue();
  }
}

/** Fits, or does not at all. */
const tried = (schema: Schema): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: fitting(schema) }, { weight: 1, arbitrary: fc.jsonValue() });

/** These leave this computer, or take seconds: their validation is tried where they are tested. */
const ELSEWHERE: ReadonlySet<string> = new Set(['pairable', 'pair', 'testNotification', 'logOut']);

const encoded = (value: unknown): string =>
  encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed());

suite('the API', () => {
  test('it answers whatever is sent: no crash, no stack trace, nothing but problems', async () => {
    await using home = await testHome();
    await using server = await testServer(home.host);
    const { paths } = await server.get<{ paths: Record<string, Record<string, Described>> }>(
      '/api/openapi.json',
    );
    const statuses = new Map<string, Set<number>>();
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => ({ path, method, ...one })),
    );
    assert.equal(described.length, Object.keys(ROUTES).length);
    for (const { path, method, operationId, parameters, requestBody } of described) {
      if (ELSEWHERE.has(operationId)) continue;
      const given = fc.record({
        values: fc.tuple(...parameters.map(({ schema }) => fc.oneof(tried(schema), text))),
        without: fc.nat(7),
        body:
          requestBody === undefined
            ? fc.constant(undefined)
            : tried(requestBody.content['application/json'].schema),
      });
      await fc.assert(
        fc.asyncProperty(given, async ({ values, without, body }) => {
          let address = path;
          const query: string[] = [];
          for (const [at, { name, in: place }] of parameters.entries()) {
            if (place === 'path') address = address.replace(`{${name}}`, () => encoded(values[at]) || '-');
            else if (at !== without) query.push(`${name}=${encoded(values[at])}`);
          }
          const url = query.length === 0 ? address : `${address}?${query.join('&')}`;
          const told = await server.ask(url, {
            method: method.toUpperCase(),
            ...(body !== undefined && { body: JSON.stringify(body) }),
          });
          const seen = statuses.get(operationId) ?? new Set();
          statuses.set(operationId, seen.add(told.status));
          assert.ok(
            told.status < 500 || told.status === 503,
            `${method} ${url} ${JSON.stringify(body)}: ${told.status} ${told.text}`,
          );
          assert.doesNotMatch(told.text, /\bat [\w.#]+ \(|node:internal|\.ts:\d+/);
          if (told.status !== 200) saysWhatToDo(told, url);
        }),
        { numRuns: 15 },
      );
    }
    assert.deepEqual(server.troubles.map(String), []);
    // The operations are there: something was answered.
    for (const name of [
      'home',
      'devices',
      'runs',
      'settings',
      'session',
      'repository',
      'backups',
      'diagnostics',
    ])
      assert.ok(statuses.get(name)?.has(200), name);
  });
});
