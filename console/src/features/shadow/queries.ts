import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemError, put, remove, request } from '../../api/client';
import { at, poll } from '../../api/queries';
import type { Shadow, ShadowDifferences } from '../../api/types';

const key = (name: string) => ['shadow', name];

/** The version in shadow; null without one. */
export const useShadow = (name: string) =>
  useQuery({
    queryKey: key(name),
    queryFn: async ({ signal }) => {
      try {
        return await request<Shadow>(`${at(name)}/shadow`, { signal });
      } catch (error) {
        if (error instanceof ProblemError && error.problem.status === 404) return null;
        throw error;
      }
    },
    ...poll,
  });

/** The images with different predictions, the greatest difference first. */
export const useDifferences = (name: string, limit: number) =>
  useQuery({
    queryKey: ['shadow differences', name, limit],
    queryFn: ({ signal }) => request<ShadowDifferences>(`${at(name)}/shadow/differences?limit=${limit}`, { signal }),
    ...poll,
  });

export interface ShadowStart {
  version: number;
  percent: number;
  images?: { dataset: string; max: number };
}

export function useStartShadow(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (start: ShadowStart) => put<Shadow>(`${at(name)}/shadow`, start),
    onSuccess: (shadow) => client.setQueryData(key(name), shadow),
  });
}

export function useStopShadow(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => remove(`${at(name)}/shadow`),
    onSuccess: () => client.setQueryData(key(name), null),
  });
}
