import {
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { ImageFilter } from '../pages/evaluationRuns';
import { imageQuery } from '../pages/evaluationRuns';
import { imageAddress, post, ProblemError, request } from './client';
import { quantizationsOf } from './quantizations';
import type {
  EvaluationImages,
  EvaluationRun,
  EvaluationRunList,
  Job,
  JobDetails,
  JobList,
  Metrics,
  Model,
  ModelList,
  Prediction,
  PromotionResult,
  Quantization,
  QuantizationRequest,
  Rollback,
  Status,
  Version,
} from './types';

const POLL_MS = 2000;

/** Polling goes on through every failure except a missing key, which only a person can supply. */
const poll = {
  refetchInterval: (query: { state: { error: Error | null } }) => (needsKey(query.state.error) ? false : POLL_MS),
  networkMode: 'always',
} as const;

const needsKey = (error: Error | null): boolean => error instanceof ProblemError && error.problem.status === 401;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', staleTime: POLL_MS },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export const at = (name: string) => `/models/${encodeURIComponent(name)}`;

export const useStatus = () =>
  useQuery({ queryKey: ['status'], queryFn: ({ signal }) => request<Status>('/status', { signal }), ...poll });

export const useModels = () =>
  useQuery({ queryKey: ['models'], queryFn: ({ signal }) => request<ModelList>('/models', { signal }), ...poll });

export const useModel = (name: string) =>
  useQuery({ queryKey: ['model', name], queryFn: ({ signal }) => request<Model>(at(name), { signal }), ...poll });

export const useMetrics = (name: string) =>
  useQuery({
    queryKey: ['metrics', name],
    queryFn: ({ signal }) => request<Metrics>(`${at(name)}/metrics`, { signal }),
    ...poll,
  });

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

export const evaluations = (name: string, version: number) => `${at(name)}/versions/${version}/evaluations`;

/** The evaluations of a version without their reports, the newest first. */
export const useEvaluations = (name: string, version: number) =>
  useQuery({
    queryKey: ['evaluations', name, version],
    queryFn: ({ signal }) => request<EvaluationRunList>(evaluations(name, version), { signal }),
    staleTime: 10_000,
  });

/** One with its report. */
export const useEvaluation = (name: string, version: number, id: string | undefined) =>
  useQuery({
    queryKey: ['evaluation', name, version, id],
    queryFn: ({ signal }) => request<EvaluationRun>(`${evaluations(name, version)}/${id ?? ''}`, { signal }),
    enabled: id !== undefined,
    staleTime: Infinity,
  });

/** The images behind a number of an evaluation, page by page. */
export const useEvaluationImages = ({ model, version, id }: EvaluationRun, filter: ImageFilter) =>
  useInfiniteQuery({
    queryKey: ['evaluation images', model, version, id, filter],
    queryFn: ({ signal, pageParam }) =>
      request<EvaluationImages>(`${evaluations(model, version)}/${id}/images?${imageQuery(filter, pageParam)}`, {
        signal,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ page, pages }) => (page < pages ? page + 1 : undefined),
    staleTime: Infinity,
  });

/** The address of a thumbnail, once it is read; an evaluation's images never change. */
export const useThumbnail = (path: string | null) =>
  useQuery({
    queryKey: ['thumbnail', path],
    queryFn: ({ signal }) => imageAddress(path ?? '', signal),
    enabled: path != null,
    staleTime: Infinity,
    gcTime: Infinity,
  });

/** The quantizations of all models, without the reports. */
export const useQuantizations = () =>
  useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => request<JobList>('/jobs', { signal }),
    select: ({ jobs }) => quantizationsOf(jobs),
    ...poll,
  });

/** The report of one that has ended; nothing of it changes any more. */
export const useQuantizationReport = (id: string | null) =>
  useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => request<JobDetails>(`/jobs/${id ?? ''}`, { signal }),
    select: ({ report }) => report as Quantization | null,
    enabled: id != null,
    staleTime: Infinity,
  });

export function useQuantize() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: QuantizationRequest) => post<Job>('/jobs', order),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

/** Ends a job at its next step; the list says when it has. */
export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<Job>(`/jobs/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

export function useModelChange<Change, Answer>(
  name: string,
  act: (change: Change) => Promise<Answer>,
  toModel: (answer: Answer) => Model,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (answer) => {
      client.setQueryData(['model', name], toModel(answer));
      return client.invalidateQueries();
    },
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

export interface Question {
  name: string;
  version: number | null;
  image: File;
  /** Most labels to be told. */
  top: number;
}

export const usePredict = () =>
  useMutation({
    mutationFn: ({ name, version, image, top }: Question) => {
      const query = new URLSearchParams({ top: String(top), ...(version == null ? {} : { version: String(version) }) });
      return request<Prediction>(`${at(name)}/predict?${query.toString()}`, {
        method: 'POST',
        headers: { 'Content-Type': image.type || 'application/octet-stream' },
        body: image,
      });
    },
  });
