import { QueryClient, useQuery } from '@tanstack/react-query';
import { ProblemError, request } from './client';
import type { AlertList, Status } from './types';

const POLL_MS = 2000;

/** Polling goes on through every failure except a missing key, which only a person can supply. */
export const poll = {
  refetchInterval: (query: { state: { error: Error | null } }) => (needsKey(query.state.error) ? false : POLL_MS),
  networkMode: 'always',
} as const;

const SLOW_POLL_MS = 60_000;

/** The same for what changes by the minute, and takes the server longer to find. */
export const slowPoll = {
  ...poll,
  refetchInterval: (query: { state: { error: Error | null } }) => (needsKey(query.state.error) ? false : SLOW_POLL_MS),
  staleTime: SLOW_POLL_MS / 2,
} as const;

const LASTING_MS = 5 * 60_000;

/** For what the server reads the prediction log for: asked for again when somebody looks again, not by itself. */
export const lasting = { networkMode: 'always', staleTime: LASTING_MS } as const;

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

/** Alerts that are raised or acknowledged, the most urgent first. */
export const useOpenAlerts = () =>
  useQuery({
    queryKey: ['alerts', 'open'],
    queryFn: ({ signal }) => request<AlertList>('/alerts?state=open&limit=1000', { signal }),
    ...poll,
  });
