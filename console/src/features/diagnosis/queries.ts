import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import { poll } from '../../api/queries';
import type { DiagnoseRequest, Job, JobDetails, JobList } from '../../api/types';
import { dataName } from '../training/runs';

/** The newest diagnoses of a data set, newest first. */
export const useDiagnoses = (dataset: string) =>
  useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => request<JobList>('/jobs', { signal }),
    select: ({ jobs }) =>
      jobs.filter(({ request: order }) => order.type === 'diagnose' && dataName(order.data) === dataset),
    ...poll,
  });

/** What a job that has ended found out; nothing of it changes any more. */
export const useReport = (id: string | null) =>
  useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => request<JobDetails>(`/jobs/${id ?? ''}`, { signal }),
    enabled: id != null,
    staleTime: Infinity,
  });

export function useDiagnose() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: DiagnoseRequest) => post<Job>('/jobs', order),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
