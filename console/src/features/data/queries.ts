import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, put, request } from '../../api/client';
import type {
  AddedImages,
  ClassDefinition,
  Dataset,
  DatasetVersion,
  Facets,
  ItemDetails,
  ItemPage,
  Task,
  VersionDiff,
} from '../../api/datasets';
import { datasetPath, itemPath } from '../../api/datasets';
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
  classes: ClassDefinition[];
}

export function useCreateDataset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (dataset: NewDataset) => post<Dataset>('/datasets', dataset),
    onSuccess: () => client.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

/** Items of a filter, page by page behind the last one that was read. */
export const useItems = (name: string, filter: ItemFilter) =>
  useInfiniteQuery({
    queryKey: ['items', name, filter],
    queryFn: ({ signal, pageParam }) =>
      request<ItemPage>(`${datasetPath(name)}/items?${filterQuery(filter, pageParam)}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const useFacets = (name: string) =>
  useQuery({
    queryKey: ['facets', name],
    queryFn: ({ signal }) => request<Facets>(`${datasetPath(name)}/facets`, { signal }),
  });

export const useItem = (name: string, hash: string, enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['item', name, hash],
    queryFn: ({ signal }) => request<ItemDetails>(itemPath(name, hash), { signal }),
  });

export interface ItemChange {
  hashes: string[];
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
    queryFn: ({ signal }) =>
      request<{ versions: DatasetVersion[]; changed: boolean }>(`${datasetPath(name)}/versions`, { signal }),
  });

export function useCommit(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (message: string) => post<DatasetVersion>(`${datasetPath(name)}/versions`, { message }),
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

/** Sends images, a few at a time, so that the progress shows and a refused one stops nothing. */
export function useAddImages(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ files, onSent }: { files: readonly File[]; onSent: (count: number) => void }) => {
      const all: AddedImages = {
        added: 0,
        repeated: 0,
        locations_erased: 0,
        regions_blurred: 0,
        refused: [],
        flagged: [],
      };
      for (let at = 0; at < files.length; at += UPLOADED_AT_ONCE) {
        const form = new FormData();
        for (const file of files.slice(at, at + UPLOADED_AT_ONCE)) form.append('image', file, file.name);
        const path = `${datasetPath(name)}/items`;
        const sent = await request<AddedImages>(path, { method: 'POST', body: form });
        all.added += sent.added;
        all.repeated += sent.repeated;
        all.locations_erased += sent.locations_erased;
        all.regions_blurred += sent.regions_blurred;
        all.refused.push(...sent.refused);
        for (const { flag, images, examples } of sent.flagged) {
          const before = all.flagged.find((each) => each.flag === flag);
          if (before) before.images += images;
          else all.flagged.push({ flag, images, examples });
        }
        onSent(Math.min(files.length, at + UPLOADED_AT_ONCE));
      }
      return all;
    },
    onSettled: () =>
      Promise.all(
        [['items', name], ['facets', name], ['dataset', name], ['datasets']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

const UPLOADED_AT_ONCE = 8;
