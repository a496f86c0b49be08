import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { imageAddress, request } from '../../api/client';
import { at } from '../../api/queries';
import type { EvaluationImages, EvaluationRun, EvaluationRunList } from '../../api/types';
import type { ImageFilter } from './evaluationRuns';
import { imageQuery } from './evaluationRuns';

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
