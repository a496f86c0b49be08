import { queryOptions, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, remove, request } from '../../api/client';
import { at } from '../../api/queries';
import type { Model, PromotionResult, Rollback, Version } from '../../api/types';
import { useModelChange } from '../models/queries';

/** A version is immutable but for its state, so it is read once and not polled. */
const versionQuery = (name: string, version: number | null) =>
  queryOptions({
    queryKey: ['version', name, version],
    queryFn: ({ signal }) => request<Version>(`${at(name)}/versions/${version ?? 0}`, { signal }),
    enabled: version != null,
    staleTime: 60_000,
  });

export const useVersion = (name: string, version: number | null) => useQuery(versionQuery(name, version));

/** Several at once, each as far as it has arrived. */
export const useVersions = (name: string, versions: readonly number[]) =>
  useQueries({ queries: versions.map((version) => versionQuery(name, version)) });

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

const change =
  (name: string, what: 'archive' | 'restore') =>
  ({ version, reason }: VersionChange) =>
    post<Model>(`${versionAt(name, version)}/${what}`, { reason });

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

export interface Promotion {
  version: number;
  reason: string;
}

export interface CanaryChange extends Promotion {
  percent: number;
}

export const usePromote = (name: string) =>
  useModelChange(
    name,
    (change: Promotion) => post<PromotionResult>(`${at(name)}/promote`, change),
    (done) => done.model,
  );

export const useCanary = (name: string) =>
  useModelChange(
    name,
    (change: CanaryChange) => post<Model>(`${at(name)}/canary`, change),
    (model) => model,
  );

export const useRollback = (name: string) =>
  useModelChange(
    name,
    (change: { reason: string }) => post<Rollback>(`${at(name)}/rollback`, change),
    (done) => done.model,
  );
