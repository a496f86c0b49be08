import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, put, remove, request } from '../../api/client';
import { at, poll } from '../../api/queries';
import type { Model, QueuedPicks, Shadow, ShadowDifferences } from '../../api/types';

const key = (name: string) => ['shadow', name];

/** The results of the version that the model has in shadow. */
export const useShadow = (model: Model) =>
  useQuery({
    queryKey: key(model.name),
    queryFn: ({ signal }) => request<Shadow>(`${at(model.name)}/shadow`, { signal }),
    enabled: model.shadow != null,
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
    onSuccess: (shadow) => {
      client.setQueryData(key(name), shadow);
      return client.invalidateQueries({ queryKey: ['model', name] });
    },
  });
}

/** Puts the images with the greatest differences first in the labelling queue of their data set. */
export const useLabelDifferences = (name: string) =>
  useMutation({ mutationFn: () => post<QueuedPicks>(`${at(name)}/shadow/label`, {}) });

export function useStopShadow(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => remove(`${at(name)}/shadow`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['model', name] }),
  });
}
