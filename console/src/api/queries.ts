import { QueryClient, useQuery } from '@tanstack/react-query';
import { ProblemError, request } from './client';
import type { Status } from './types';

const POLL_MS = 2000;

/** Polling goes on through every failure except a missing key, which only a person can supply. */
export const poll = {
  refetchInterval: (query: { state: { error: Error | null } }) => (needsKey(query.state.error) ? false : POLL_MS),
  networkMode: 'always',
} as const;

const needsKey = (error: Error | null): boolean => error instanceof ProblemError && error.problem.status === 401;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', staleTime: POLL_MS },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export const at = (name: string) => `/models/${encodeURIComponent(name)}`;

export const useStatus = () =>
  useQuery({ queryKey: ['status'], queryFn: ({ signal }) => request<Status>('/status', { signal }), ...poll });
