import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import { at, lasting } from '../../api/queries';
import type { AccuracyCourse, AccuracyReport, LabelPlanReport, TruthReceipt } from '../../api/types';

const query = (version: number, days: number) => `version=${version}&days=${days}`;

export const useAccuracy = (name: string, version: number, days: number) =>
  useQuery({
    queryKey: ['accuracy', name, version, days],
    queryFn: ({ signal }) => request<AccuracyReport>(`${at(name)}/accuracy?${query(version, days)}`, { signal }),
    placeholderData: keepPreviousData,
    ...lasting,
  });

/** Accuracy day by day. */
export const useAccuracyCourse = (name: string, version: number, days: number) =>
  useQuery({
    queryKey: ['accuracy', name, 'course', version, days],
    queryFn: ({ signal }) => request<AccuracyCourse>(`${at(name)}/accuracy/course?${query(version, days)}`, { signal }),
    placeholderData: keepPreviousData,
    ...lasting,
  });

/** Draws what to label so that accuracy is known within so many points. */
export const usePlan = (name: string) =>
  useMutation({
    mutationFn: (order: { within: number; version: number; days: number }) =>
      post<LabelPlanReport>(`${at(name)}/accuracy/plan`, order),
  });

/** Reports true labels, as CSV with the columns request_id and label. */
export function useReportTruth(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (csv: string) =>
      request<TruthReceipt>(`${at(name)}/truth`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv' },
        body: csv,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accuracy', name] }),
  });
}
