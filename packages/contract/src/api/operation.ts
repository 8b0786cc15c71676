import { z } from 'zod';
import type { OperationName } from './routes.ts';

/** What goes into an operation and what comes out. What is absent, it has none of. */
export interface Operation {
  /** One line for the API's document. */
  readonly summary: string;
  /** The `:name` parts of its path. */
  readonly params?: z.ZodObject;
  /** What follows the `?`. */
  readonly query?: z.ZodObject;
  /** JSON that is sent. */
  readonly body?: z.ZodType;
  /** JSON that comes back. */
  readonly answer: z.ZodType;
}

/** All of them, by name. */
export type OperationTable = Readonly<Record<OperationName, Operation>>;

/** Where a page begins and how long it may be. */
export const page = z.object({
  /** `next` of the page before. */
  after: z.string().max(20_000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** A list in a query: with commas. */
export const listOf = <T extends string>(words: readonly [T, ...T[]] | readonly T[]) =>
  z
    .string()
    .max(2000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words as [T, ...T[]])));
