import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import { at, lasting } from '../../api/queries';
import type { AccuracyCourse, AccuracyReport, LabelPlanList, LabelPlanReport, TruthReceipt } from '../../api/types';

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

/** The label plans of a version, the newest first. */
export const usePlans = (name: string, version: number) =>
  useQuery({
    queryKey: ['accuracy', name, 'plans', version],
    queryFn: ({ signal }) => request<LabelPlanList>(`${at(name)}/accuracy/plans?version=${version}`, { signal }),
    ...lasting,
  });

/** Draws what to label so that accuracy is known within so many points. */
export function usePlan(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: { within: number; version: number; days: number }) =>
      post<LabelPlanReport>(`${at(name)}/accuracy/plan`, order),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accuracy', name, 'plans'] }),
  });
}

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
