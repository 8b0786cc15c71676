import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { keyOf } from './keys.ts';
import { isServerGone, isShutOut } from './problem.ts';

/** Attempts at a read that failed for another reason than that nothing answered. */
const MOST_ATTEMPTS = 1;

/** What keeps all answers. A shut-out by any of them makes the page ask who may come in. */
export function newQueryClient(): QueryClient {
  const look = (error: unknown): void => {
    if (isShutOut(error)) void client.invalidateQueries({ queryKey: keyOf('session') });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: look }),
    mutationCache: new MutationCache({ onError: look }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: 'always',
        retry: (failures, error) =>
          isServerGone(error)
            ? true
            : !isShutOut(error) && failures < MOST_ATTEMPTS && !isRefusedForGood(error),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}

/** 4xx: asking once more answers the same. */
const isRefusedForGood = (error: unknown): boolean => {
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500;
};
