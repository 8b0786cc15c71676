import { AS_OF_HEADER, type OperationName, type ROUTES } from '@holdfast/contract';
import type { Answer, Body, Query } from '@holdfast/contract/api';
import { addressOf, type Filling, type ParamsOf, type QueryValues } from './address.ts';
import { coverage } from './coverage.ts';
import { takeEarly } from './early.ts';
import { notUnderstood, refusalOf, serverGone } from './problem.ts';
import { noteServerTime } from './server-clock.ts';

/** `params`, `query` and `body` of an operation: just those that it has. */
export type Input<N extends OperationName> = ([ParamsOf<(typeof ROUTES)[N]>] extends [never]
  ? { params?: never }
  : { params: Readonly<Record<ParamsOf<(typeof ROUTES)[N]>, string | number>> }) &
  ([Query<N>] extends [never] ? { query?: never } : { query?: Query<N> }) &
  ([Body<N>] extends [never] ? { body?: never } : { body: Body<N> });

interface AnyInput {
  readonly params?: Filling;
  readonly query?: QueryValues;
  readonly body?: unknown;
}

/**
 * The answer of an operation. Throws a `Refusal` where the server refuses or does not answer; an abort passes through as the signal's reason.
 * The answer is trusted: it is the same program's.
 */
export async function call<N extends OperationName>(
  name: N,
  input?: Input<N>,
  signal?: AbortSignal,
): Promise<Answer<N>> {
  const { params, query, body } = (input ?? {}) as AnyInput;
  const { method, address } = addressOf(name, params, query);
  const early = method === 'GET' ? await takeEarly(address) : undefined;
  signal?.throwIfAborted();
  const response = early ?? (await send(address, method, body, signal));
  noteServerTime(response.headers.get('date'));
  coverage.note(response.headers.get(AS_OF_HEADER));
  const text = await response.text().catch((error: unknown) => {
    throw goneOrAborted(error, signal);
  });
  if (!response.ok) throw refusalOf(response.status, text);
  try {
    return JSON.parse(text) as Answer<N>;
  } catch (error) {
    throw notUnderstood(error);
  }
}

async function send(address: string, method: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    throw goneOrAborted(error, signal);
  }
}

const goneOrAborted = (error: unknown, signal: AbortSignal | undefined): unknown =>
  signal?.aborted === true ? signal.reason : serverGone(error);
