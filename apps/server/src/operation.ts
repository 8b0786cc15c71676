import { type OperationName, ROUTES } from '@holdfast/contract';
import { type Answer, OPERATIONS, type Operation } from '@holdfast/contract/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { badRequest } from './failures.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers are checked against the contract before they are sent: in tests. */
    readonly checksAnswers: boolean;
  }
}

type Given<N extends OperationName, K extends string> =
  (typeof OPERATIONS)[N] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;

/** The same, and nothing in it can be changed: what a handler may give back without a copy. */
type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

/** What an operation is given, validated. */
export interface OperationInput<N extends OperationName> {
  readonly params: Given<N, 'params'>;
  readonly query: Given<N, 'query'>;
  readonly body: Given<N, 'body'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Aborted when the client goes before it was answered. */
  readonly signal: AbortSignal;
}

/** Selections may name 200,000 things; everything else is small. */
const BODY_LIMITS: Partial<Record<OperationName, number>> = { download: 4_000_000, planRestore: 4_000_000 };

/**
 * Registers an operation of the contract: its route, its validation (400 and what is wrong), its answer. What the handler
 * throws is answered in one place: see `refusalOf`.
 */
export function operation<N extends OperationName>(
  app: FastifyInstance,
  name: N,
  handle: (input: OperationInput<N>) => Promise<Frozen<Answer<N>>> | Frozen<Answer<N>>,
): void {
  const [method, url] = ROUTES[name].split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string];
  const { params, query, body, answer }: Operation = OPERATIONS[name];
  const bodyLimit = BODY_LIMITS[name];
  app.route({
    method,
    url,
    ...(bodyLimit !== undefined && { bodyLimit }),
    handler: async (request, reply) => {
      const input = {
        params: params && valid(params, request.params, 'the address'),
        query: query && valid(query, request.query, 'the question'),
        body: body && valid(body, request.body, 'what was sent'),
        request,
        reply,
        signal: signalOf(reply),
      } as OperationInput<N>;
      const given = await handle(input);
      return app.checksAnswers ? answer.parse(given) : given;
    },
  });
}

/** Aborted when the connection of an answer closes before the answer is complete. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort(new DOMException('the client has gone', 'AbortError'));
  });
  return leaving.signal;
}

function valid(shape: z.ZodType, given: unknown, what: string): unknown {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at "${issue.path.join('.')}"`;
  throw badRequest(`There is a mistake in ${what}${where}: ${issue?.message ?? 'it has the wrong shape'}`);
}
