import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import { poll } from '../../api/queries';
import type { Job, JobDetails, JobList, QuantizationReport, QuantizationRequest } from '../../api/types';
import { quantizationJobs } from './quantizationJobs';

/** The quantizations of all models, without the reports. */
export const useQuantizations = () =>
  useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => request<JobList>('/jobs', { signal }),
    select: ({ jobs }) => quantizationJobs(jobs),
    ...poll,
  });

/** The report of one that has ended; nothing of it changes any more. */
export const useQuantizationReport = (id: string | null) =>
  useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => request<JobDetails>(`/jobs/${id ?? ''}`, { signal }),
    select: ({ report }) => report as QuantizationReport | null,
    enabled: id != null,
    staleTime: Infinity,
  });

export function useQuantize() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: QuantizationRequest) => post<Job>('/jobs', request),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
