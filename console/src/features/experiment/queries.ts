import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import { at, poll } from '../../api/queries';
import type {
  Experiment,
  ExperimentPage,
  ExperimentPlan,
  ExperimentPlanRequest,
  ExperimentRequest,
} from '../../api/types';

/** The newest experiments, the one under way first. */
export const useExperiments = (name: string) =>
  useQuery({
    queryKey: ['experiments', name],
    queryFn: ({ signal }) => request<ExperimentPage>(`${at(name)}/experiments?limit=20`, { signal }),
    select: (page) => page.experiments,
    ...poll,
  });

/** How long an experiment takes; starts nothing. */
export const usePlan = (name: string) =>
  useMutation({
    mutationFn: (order: ExperimentPlanRequest) => post<ExperimentPlan>(`${at(name)}/experiment/plan`, order),
  });

export const useStartExperiment = (name: string) =>
  useExperimentChange(name, (order: ExperimentRequest) => post<Experiment>(`${at(name)}/experiment`, order));

export const useStopExperiment = (name: string) =>
  useExperimentChange(name, (reason: string) => post<Experiment>(`${at(name)}/experiment/stop`, { reason }));

function useExperimentChange<Order>(name: string, act: (order: Order) => Promise<Experiment>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['experiments', name] }),
        client.invalidateQueries({ queryKey: ['model', name] }),
      ]),
  });
}
