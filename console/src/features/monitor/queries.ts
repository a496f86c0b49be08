import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/client';
import { at, poll } from '../../api/queries';
import type { Metrics } from '../../api/types';

export const useMetrics = (name: string) =>
  useQuery({
    queryKey: ['metrics', name],
    queryFn: ({ signal }) => request<Metrics>(`${at(name)}/metrics`, { signal }),
    ...poll,
  });
