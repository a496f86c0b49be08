import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { request } from '../../api/client';
import { at } from '../../api/queries';
import type { EvaluationComparison, EvaluationDifference, EvaluationRun } from '../../api/types';

export type Change = EvaluationDifference['change'];

const PER_PAGE = 60;

function address(model: string, pair: Record<'baseline' | 'candidate', string>, page: number, more: object) {
  const query = new URLSearchParams({ ...pair, page: String(page), ...more });
  return `${at(model)}/comparison?${query.toString()}`;
}

/** Two evaluations of versions of a model, image by image: the figures, and how many images differ. */
export const useComparison = (baseline: EvaluationRun | undefined, candidate: EvaluationRun) =>
  useQuery({
    queryKey: ['comparison', baseline?.id, candidate.id],
    queryFn: ({ signal }) =>
      request<EvaluationComparison>(
        address(candidate.model, { baseline: baseline?.id ?? '', candidate: candidate.id }, 1, { size: '1' }),
        { signal },
      ),
    enabled: baseline !== undefined,
    staleTime: Infinity,
  });

/** How many images differ in each of some ways, as far as it is known. */
export const useDifferenceCounts = (model: string, baseline: string, candidate: string, changes: readonly Change[]) =>
  useQueries({
    queries: changes.map((change) => ({
      queryKey: ['difference count', baseline, candidate, change],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        request<EvaluationComparison>(address(model, { baseline, candidate }, 1, { size: '1', change }), { signal }),
      staleTime: Infinity,
    })),
    combine: (found) => found.map((each) => each.data?.total),
  });

/** The images on which the two differ, page by page. */
export const useDifferences = (model: string, baseline: string, candidate: string, change: Change) =>
  useInfiniteQuery({
    queryKey: ['differences', baseline, candidate, change],
    queryFn: ({ signal, pageParam }) =>
      request<EvaluationComparison>(
        address(model, { baseline, candidate }, pageParam, { size: String(PER_PAGE), change }),
        { signal },
      ),
    initialPageParam: 1,
    getNextPageParam: ({ page, pages }) => (page < pages ? page + 1 : undefined),
    staleTime: Infinity,
  });
