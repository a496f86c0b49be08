import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from '../../api/client';
import { at, poll, slowPoll } from '../../api/queries';
import type { LoggedPredictions, LoggedTraffic } from '../../api/types';

/** The figures of a model's log; `query` is the filter. */
export const useTraffic = (name: string, query: string) =>
  useQuery({
    queryKey: ['traffic', name, query],
    queryFn: ({ signal }) => request<LoggedTraffic>(`${at(name)}/traffic?${query}`, { signal }),
    placeholderData: keepPreviousData,
    ...slowPoll,
  });

/** The newest predictions that a filter takes. */
export const usePredictions = (name: string, query: string, limit: number) =>
  useQuery({
    queryKey: ['predictions', name, query, limit],
    queryFn: ({ signal }) => request<LoggedPredictions>(`${at(name)}/predictions?${query}&limit=${limit}`, { signal }),
    placeholderData: keepPreviousData,
    ...poll,
    refetchInterval: 10_000,
  });
