import type { OperationName } from '@holdfast/contract';
import type { Answer } from '@holdfast/contract/api';
import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { call, type Input } from './call.ts';
import { keyOf, pagesKeyOf } from './keys.ts';

/** Operations that answer page by page: `after` goes in, `next` comes out. */
export type PagedOperation = {
  [N in OperationName]: Answer<N> extends { next?: string | undefined } ? N : never;
}[OperationName];

interface AnswerOptions {
  /** Default: true. */
  readonly enabled?: boolean;
  /** Asked for again this often, in milliseconds, while it is on screen; or by what it said last. */
  readonly every?: number | undefined;
  /** What was answered for other input is shown until this is there: lists do not flash while a filter changes. */
  readonly keepsPrevious?: boolean;
}

/** The answer of an operation that reads, kept and kept up to date. */
export function useAnswer<N extends OperationName>(
  name: N,
  input?: Input<N>,
  { enabled = true, every, keepsPrevious = false }: AnswerOptions = {},
): UseQueryResult<Answer<N>> {
  return useQuery<unknown>({
    queryKey: keyOf(name, input),
    queryFn: async ({ signal }) => await call(name, input, signal),
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
  }) as UseQueryResult<Answer<N>>;
}

/** The pages of an operation so far: `data` is the list of them; `fetchNextPage` gets one more. */
export function usePages<N extends PagedOperation>(
  name: N,
  input: Input<N>,
  { enabled = true }: { readonly enabled?: boolean } = {},
): UseInfiniteQueryResult<readonly Answer<N>[]> {
  return useInfiniteQuery({
    queryKey: pagesKeyOf(name, input),
    queryFn: async ({ signal, pageParam }): Promise<Answer<N>> => {
      const query = { ...(input.query as object | undefined), ...(pageParam !== '' && { after: pageParam }) };
      return await call(name, { ...input, query } as Input<N>, signal);
    },
    initialPageParam: '',
    getNextPageParam: (last: Answer<N>) => (last as { next?: string }).next,
    select: ({ pages }): readonly Answer<N>[] => pages,
    placeholderData: keepPreviousData,
    enabled,
  }) as UseInfiniteQueryResult<readonly Answer<N>[]>;
}

/** Does an operation that changes something. Afterwards the answers named in `changes` are asked for again where they are on screen. */
export function useOperation<N extends OperationName>(
  name: N,
  changes: readonly OperationName[] = [],
): UseMutationResult<Answer<N>, Error, Input<N>> {
  const client = useQueryClient();
  return useMutation({
    mutationKey: [name],
    mutationFn: async (input: Input<N>) => await call(name, input),
    onSuccess: async () => {
      await Promise.all(changes.map((changed) => client.invalidateQueries({ queryKey: [changed] })));
    },
  });
}
