import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, remove, request } from './client';
import { at, useModelChange } from './queries';
import type { Model } from './types';

const versionAt = (name: string, version: number) => `${at(name)}/versions/${version}`;

export const exportAddress = (name: string, version: number) => `${versionAt(name, version)}/export`;

/** A model with its archived versions, which a model is listed without. */
export const useArchived = (name: string, wanted: boolean) =>
  useQuery({
    queryKey: ['model', name, 'archived'],
    queryFn: ({ signal }) => request<Model>(`${at(name)}?archived=true`, { signal }),
    select: (model) => model.versions.filter((version) => version.archived),
    enabled: wanted,
  });

export interface VersionChange {
  version: number;
  reason: string;
}

const change = (name: string, what: 'archive' | 'restore') => (order: VersionChange) =>
  post<Model>(`${versionAt(name, order.version)}/${what}`, { reason: order.reason });

export const useArchive = (name: string) => useModelChange(name, change(name, 'archive'), (model) => model);

export const useRestore = (name: string) => useModelChange(name, change(name, 'restore'), (model) => model);

export function useDeleteVersion(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, reason }: VersionChange) =>
      remove(`${versionAt(name, version)}?${new URLSearchParams({ reason }).toString()}`),
    // not what is known of the version itself, which would be asked for once more
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['model', name] }),
        client.invalidateQueries({ queryKey: ['models'] }),
      ]),
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
