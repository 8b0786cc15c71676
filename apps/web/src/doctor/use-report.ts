import type { Answer, ServerEvent } from '@holdfast/contract/api';
import { skipToken, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call } from '#api/call.ts';
import { asksKeyOf, keyOf } from '#api/keys.ts';

/** What the doctor found on a phone. The phone is asked once, and again only when somebody wants it: that takes a while. */
export function useReport(device: string): UseQueryResult<Answer<'doctor'>> {
  const input = { params: { device } };
  return useQuery({
    queryKey: keyOf('doctor', input),
    queryFn: async ({ signal }) => await call('doctor', input, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Asks the phone once more, and reads its screen also where that stops a screen reader for a moment. */
export function useScreenReading(device: string): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    const input = { params: { device } };
    void client
      .fetchQuery({
        queryKey: keyOf('doctor', input),
        staleTime: 0,
        queryFn: async ({ signal }) =>
          await call('doctor', { ...input, query: { readScreen: 'true' } }, signal),
      })
      // It is told where the report is.
      .catch(() => undefined);
  }, [client, device]);
}

/** What the phone is asked now, as far as the server tells. */
export function useAsks(device: string): Extract<ServerEvent, { kind: 'doctor' }> | undefined {
  return useQuery<Extract<ServerEvent, { kind: 'doctor' }>>({
    queryKey: asksKeyOf(device),
    queryFn: skipToken,
  }).data;
}
