import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import { poll } from '../../api/queries';
import type { BackboneList, Job, JobList, RunDetails, RunList } from '../../api/types';
import type { AnyTraining } from './training';

/** What a training can start from. */
export const useBackbones = () =>
  useQuery({
    queryKey: ['backbones'],
    queryFn: ({ signal }) => request<BackboneList>('/backbones', { signal }),
    select: ({ backbones }) => backbones,
  });

/** Trainings that wait or run, of all models, the one that runs next last. */
export const useOpenTrainings = () =>
  useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => request<JobList>('/jobs', { signal }),
    select: ({ jobs }) => jobs.filter(isTraining).filter(({ state }) => state === 'queued' || state === 'running'),
    ...poll,
  });

export const isTraining = ({ request: { type } }: Job): boolean =>
  ['train', 'train-anomaly', 'train-detector', 'train-search'].includes(type);

/** The newest runs of a model, or of all. */
export const useRuns = (model: string | null) =>
  useQuery({
    queryKey: ['runs', model],
    queryFn: ({ signal }) =>
      request<RunList>(model == null ? '/runs?limit=200' : `/runs?limit=200&model=${encodeURIComponent(model)}`, {
        signal,
      }),
    select: ({ runs }) => runs,
    ...poll,
  });

/** A run with its curves, which grow while it trains. */
export const useRun = (id: string | null) =>
  useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => request<RunDetails>(`/runs/${encodeURIComponent(id ?? '')}`, { signal }),
    enabled: id != null,
    networkMode: 'always',
    refetchInterval: ({ state }) => (state.data == null || state.data.run.status.state === 'running' ? 2000 : false),
  });

export function useTrain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (training: AnyTraining) => post<Job>('/jobs', training),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
