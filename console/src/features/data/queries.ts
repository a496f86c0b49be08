import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import type {
  ClassDefinition,
  Dataset,
  DatasetVersion,
  Facets,
  ItemDetails,
  ItemPage,
  Task,
  VersionDiff,
} from '../../api/datasets';
import { datasetPath, itemPath, put } from '../../api/datasets';
import { filterQuery } from './filters';
import type { ItemFilter } from './filters';

export const useDatasets = () =>
  useQuery({
    queryKey: ['datasets'],
    queryFn: ({ signal }) => request<{ datasets: Dataset[] }>('/datasets', { signal }),
  });

export const useDataset = (name: string) =>
  useQuery({
    queryKey: ['dataset', name],
    queryFn: ({ signal }) => request<Dataset>(datasetPath(name), { signal }),
  });

export interface NewDataset {
  name: string;
  task: Task;
  classes: { name: string; definition: string }[];
}

export function useCreateDataset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (dataset: NewDataset) => post<Dataset>('/datasets', dataset),
    onSuccess: () => client.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

export function useDefineClasses(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (classes: ClassDefinition[]) => put<Dataset>(`${datasetPath(name)}/classes`, { classes }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['dataset', name] }),
  });
}

/** Items of a filter, page by page behind the last one that was read. */
export const useItems = (name: string, filter: ItemFilter) =>
  useInfiniteQuery({
    queryKey: ['items', name, filter],
    queryFn: ({ signal, pageParam }) =>
      request<ItemPage>(`${datasetPath(name)}/items?${filterQuery(filter, pageParam)}`, { signal }),
    initialPageParam: null as number | string | null,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const useFacets = (name: string) =>
  useQuery({
    queryKey: ['facets', name],
    queryFn: ({ signal }) => request<Facets>(`${datasetPath(name)}/facets`, { signal }),
  });

export const useItem = (name: string, hash: string) =>
  useQuery({
    queryKey: ['item', name, hash],
    queryFn: ({ signal }) => request<ItemDetails>(itemPath(name, hash), { signal }),
  });

export interface ItemChange {
  items: string[];
  tags?: Record<string, string | null>;
  split?: string;
}

export function useChangeItems(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ItemChange) => put<unknown>(`${datasetPath(name)}/items`, change, 'PATCH'),
    onSuccess: () =>
      Promise.all(['item', 'items', 'facets'].map((kind) => client.invalidateQueries({ queryKey: [kind, name] }))),
  });
}

export const useVersions = (name: string) =>
  useQuery({
    queryKey: ['dataset versions', name],
    queryFn: ({ signal }) => request<{ versions: DatasetVersion[] }>(`${datasetPath(name)}/versions`, { signal }),
  });

export function useCommit(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => post<DatasetVersion>(`${datasetPath(name)}/versions`, { note }),
    onSuccess: () =>
      Promise.all(
        [['dataset versions', name], ['dataset', name], ['datasets']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export const useDiff = (name: string, from: string, to: string) =>
  useQuery({
    queryKey: ['dataset diff', name, from, to],
    queryFn: ({ signal }) => request<VersionDiff>(`${datasetPath(name)}/versions/${from}/diff/${to}`, { signal }),
    enabled: from !== '' && to !== '' && from !== to,
    staleTime: Infinity,
  });
