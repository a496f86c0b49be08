import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { remove, request } from '../../api/client';
import { at, poll } from '../../api/queries';
import type { Model, ModelList } from '../../api/types';

export const useModels = () =>
  useQuery({ queryKey: ['models'], queryFn: ({ signal }) => request<ModelList>('/models', { signal }), ...poll });

export const useModel = (name: string) =>
  useQuery({ queryKey: ['model', name], queryFn: ({ signal }) => request<Model>(at(name), { signal }), ...poll });

export function useModelChange<Change, Response>(
  name: string,
  act: (change: Change) => Promise<Response>,
  toModel: (response: Response) => Model,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (response) => {
      client.setQueryData(['model', name], toModel(response));
      return client.invalidateQueries();
    },
  });
}

/** Deletes a model with all its versions, also while it serves: the caller has said what that means. */
export function useDeleteModel(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => remove(`${at(name)}?${new URLSearchParams({ force: 'true', reason }).toString()}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['models'] }),
  });
}
