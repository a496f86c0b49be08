import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, ProblemError, request } from '../../api/client';
import { datasetPath, put } from '../../api/datasets';
import type { LabelDesign, NewLabelDesign, Pilot } from '../../api/design';
import { designPath, pilotPath } from '../../api/design';

const READ_AGAIN_MILLIS = 5000;

export const useDesign = (name: string) =>
  useQuery({
    queryKey: ['design', name],
    queryFn: ({ signal }) => request<LabelDesign>(designPath(name), { signal }),
  });

/** Stores the design; its findings come with the response. */
export function useSaveDesign(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (design: NewLabelDesign) => put<LabelDesign>(designPath(name), design),
    onSuccess: (design) => {
      client.setQueryData(['design', name], design);
      return client.invalidateQueries({ queryKey: ['dataset', name] });
    },
  });
}

/** Gives a class another name, in all labels as well. */
export function useRenameClass(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ from, to }: { from: string; to: string }) =>
      post<unknown>(`${datasetPath(name)}/classes/${encodeURIComponent(from)}/rename`, { to }),
    onSuccess: () =>
      Promise.all(
        ['design', 'dataset', 'items', 'facets'].map((kind) => client.invalidateQueries({ queryKey: [kind, name] })),
      ),
  });
}

/** The newest pilot; nothing before the first one. */
export const usePilot = (name: string) =>
  useQuery({
    queryKey: ['pilot', name],
    queryFn: async ({ signal }) => {
      try {
        return await request<Pilot>(pilotPath(name), { signal });
      } catch (error) {
        if (error instanceof ProblemError && error.problem.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'done' ? READ_AGAIN_MILLIS : false),
  });

export function useStartPilot(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (pilot: { images: number; people: number; annotator: string }) => post<Pilot>(pilotPath(name), pilot),
    onSuccess: (pilot) => client.setQueryData(['pilot', name], pilot),
  });
}

export function useEndPilot(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<Pilot>(pilotPath(name), { method: 'DELETE' }),
    onSuccess: (pilot) => client.setQueryData(['pilot', name], pilot),
  });
}
