import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemError, post, put, request } from '../../api/client';
import { datasetPath } from '../../api/datasets';
import type { LabelDesign, NewLabelDesign, Pilot } from '../../api/design';
import { designPath, pilotPath } from '../../api/design';

const READ_AGAIN_MILLIS = 5000;

export const useDesign = (name: string) =>
  useQuery({
    queryKey: ['design', name],
    queryFn: ({ signal }) => request<LabelDesign>(designPath(name), { signal }),
  });

/** What changes of a design, given what it is now. */
export type DesignChange = (design: NewLabelDesign) => Partial<NewLabelDesign>;

/**
 * Stores changes of the design, one after the other. They show at once, and a later one is made to what the earlier ones
 * left, whether or not the server has responded; the findings come with the response.
 */
export function useSaveDesign(name: string) {
  const client = useQueryClient();
  const key = ['design', name];
  const saving = ['save design', name];
  const save = useMutation({
    mutationKey: saving,
    scope: { id: saving.join(' ') },
    mutationFn: (design: NewLabelDesign) => put<LabelDesign>(designPath(name), design),
    onSuccess: (stored) => {
      const more = client.isMutating({ mutationKey: saving }) > 1;
      client.setQueryData<LabelDesign>(key, (now) => (more && now ? { ...stored, ...changeable(now) } : stored));
      return client.invalidateQueries({ queryKey: ['dataset', name] });
    },
    onError: () => client.invalidateQueries({ queryKey: key }),
  });
  const change = (next: DesignChange) => {
    const now = client.getQueryData<LabelDesign>(key);
    if (!now) return;
    const design = { ...changeable(now), ...next(changeable(now)) };
    client.setQueryData<LabelDesign>(key, { ...now, ...design });
    save.mutate(design);
  };
  return { save, change };
}

const changeable = ({ question, several_apply, none_applies, classes }: LabelDesign): NewLabelDesign => ({
  question,
  several_apply,
  none_applies,
  classes,
});

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
