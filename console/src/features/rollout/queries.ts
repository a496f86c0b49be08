import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import { at, poll } from '../../api/queries';
import type { Rollout, RolloutPage } from '../../api/types';

/** The newest rollouts, the one under way first. */
export const useRollouts = (name: string) =>
  useQuery({
    queryKey: ['rollouts', name],
    queryFn: ({ signal }) => request<RolloutPage>(`${at(name)}/rollouts?limit=20`, { signal }),
    select: (page) => page.rollouts,
    ...poll,
  });

export type RolloutAct = 'pause' | 'resume' | 'promote' | 'stop';

/** Intervenes in the rollout under way; pausing and going on need no reason. */
export const useIntervene = (name: string) =>
  useRolloutChange(name, ({ act, reason }: { act: RolloutAct; reason?: string }) =>
    post<Rollout>(`${at(name)}/rollout/${act}`, reason === undefined ? {} : { reason }),
  );

/** Starts a rollout with the usual steps and guards. */
export const useStartRollout = (name: string) =>
  useRolloutChange(name, (order: { version: number; reason: string }) => post<Rollout>(`${at(name)}/rollout`, order));

function useRolloutChange<Order>(name: string, act: (order: Order) => Promise<Rollout>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['rollouts', name] }),
        client.invalidateQueries({ queryKey: ['model', name] }),
      ]),
  });
}
