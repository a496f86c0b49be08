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

const status = {
  queryKey: ['status'],
  queryFn: ({ signal }: { signal: AbortSignal }) => request<Status>('/status', { signal }),
};

export const useStatus = () => useQuery({ ...status, ...poll });

/** The name of the API key: undefined until the server said it, null where it has none. */
export const useCaller = (): string | null | undefined => {
  const { data, isPending } = useQuery(status);
  return isPending ? undefined : (data?.caller ?? null);
};
