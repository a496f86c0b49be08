import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, put, request } from '../../api/client';
import type { Job } from '../../api/types';
import type { AnnotationValue } from '../../api/datasets';
import { datasetPath, itemPath } from '../../api/datasets';
import { labellingPath } from '../../api/labelling';
import type {
  Agreement,
  DisagreementPage,
  LabellingProgress,
  LabelNeed,
  LabellingSettings,
  WrongLabel,
  WrongLabels,
} from '../../api/labelling';
import { newId } from '../labels/queue/outbox';

const after = (next: number | null) => (next === null ? '' : `?after=${encodeURIComponent(next)}`);

export const useDisagreements = (name: string) =>
  useInfiniteQuery({
    queryKey: ['disagreements', name],
    queryFn: ({ signal, pageParam }) =>
      request<DisagreementPage>(`${labellingPath(name)}/disagreements${after(pageParam)}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export interface Decision {
  hash: string;
  annotator: string;
  value: AnnotationValue;
}

/** Resolves a disagreement: the value is in force from then on. */
export function useResolve(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ hash, annotator, value }: Decision) =>
      post<unknown>(`${labellingPath(name)}/disagreements/${hash}`, { annotator, value }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['item', name] }),
  });
}

/** Makes an image an example in the definition of a class. */
export function useMakeExample(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (example: { class: string; hash: string }) => post<unknown>(`${labellingPath(name)}/examples`, example),
    onSuccess: () =>
      Promise.all(['dataset', 'design'].map((kind) => client.invalidateQueries({ queryKey: [kind, name] }))),
  });
}

export const useWrongLabels = (name: string) =>
  useInfiniteQuery({
    queryKey: ['wrong labels', name],
    queryFn: ({ signal, pageParam }) =>
      request<WrongLabels>(`${datasetPath(name)}/wrong-labels${after(pageParam)}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 60_000,
  });

/** Starts a check of a data set, and says how it ended. */
export function useCheck(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      let job = await post<Job>('/jobs', { type: 'check', dataset: name });
      while (job.state === 'queued' || job.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        job = (await request<{ job: Job }>(`/jobs/${job.id}`)).job;
      }
      if (job.state !== 'done') throw new Error(job.failure?.message ?? `The check is ${job.state}.`);
    },
    onSuccess: () => client.resetQueries({ queryKey: ['wrong labels', name] }),
  });
}

/** Gives an image another label, or confirms the one it has: a new row either way. */
export function useDecide(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ hash, annotator, value, millis }: Decision & { millis: number }) =>
      post<unknown>(`${itemPath(name, hash)}/annotations`, { id: newId(), annotator, value, millis }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['item', name] }),
  });
}

/** Finds a suspect part of a label right: the label does not change, and its other parts stay open. */
export function useConfirm(name: string) {
  return useMutation({
    mutationFn: ({ item, annotator }: { item: WrongLabel; annotator: string }) => {
      const { hash, kind, given, likely, given_box, likely_box } = item;
      const part = { kind, given, likely, given_box, likely_box };
      return post<unknown>(`${datasetPath(name)}/wrong-labels/${hash}/confirmed`, { id: newId(), annotator, ...part });
    },
  });
}

export const useAgreement = (name: string) =>
  useQuery({
    queryKey: ['agreement', name],
    queryFn: ({ signal }) => request<Agreement>(`${labellingPath(name)}/agreement`, { signal }),
  });

export const useProgress = (name: string) =>
  useQuery({
    queryKey: ['labelling progress', name],
    queryFn: ({ signal }) => request<LabellingProgress>(`${labellingPath(name)}/progress`, { signal }),
    refetchInterval: 10_000,
  });

export const useNeed = (name: string) =>
  useQuery({
    queryKey: ['label need', name],
    queryFn: ({ signal }) => request<LabelNeed>(`${labellingPath(name)}/need`, { signal }),
  });

export function useDeclareNeed(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (need: LabelNeed) => put<LabelNeed>(`${labellingPath(name)}/need`, need),
    onSuccess: (need) => {
      client.setQueryData(['label need', name], need);
      return client.invalidateQueries({ queryKey: ['labelling progress', name] });
    },
  });
}

export const useSettings = (name: string) =>
  useQuery({
    queryKey: ['labelling settings', name],
    queryFn: ({ signal }) => request<LabellingSettings>(labellingPath(name), { signal }),
  });

export function useChangeSettings(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: LabellingSettings) => put<LabellingSettings>(labellingPath(name), settings),
    onSuccess: (settings) => client.setQueryData(['labelling settings', name], settings),
  });
}
