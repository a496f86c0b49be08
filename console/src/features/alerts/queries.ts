import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, remove, request } from '../../api/client';
import { poll } from '../../api/queries';
import type { AlertList, AlertRecord, NewSilence, RaisedAlert, Silence, SilenceList } from '../../api/types';

/** The newest alerts in any state. */
export const useAllAlerts = (wanted: boolean) =>
  useQuery({
    queryKey: ['alerts', 'all'],
    queryFn: ({ signal }) => request<AlertList>('/alerts?state=all&limit=200', { signal }),
    enabled: wanted,
    ...poll,
  });

/** An alert with its history and all that was sent of it. */
export const useAlertRecord = (id: string) =>
  useQuery({
    queryKey: ['alerts', 'record', id],
    queryFn: ({ signal }) => request<AlertRecord>(`/alerts/${encodeURIComponent(id)}`, { signal }),
    ...poll,
  });

export const useSilences = () =>
  useQuery({
    queryKey: ['silences'],
    queryFn: ({ signal }) => request<SilenceList>('/silences', { signal }),
    ...poll,
  });

/** Acknowledges alerts one after the other. One that is not raised any more meanwhile is left as it is. */
export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, note }: { ids: readonly string[]; note: string }) => {
      for (const id of ids) await post<RaisedAlert>(`/alerts/${encodeURIComponent(id)}/acknowledge`, { note });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

export function useSilence() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (silence: NewSilence) => post<Silence>('/silences', silence),
    onSuccess: () => client.invalidateQueries({ queryKey: ['silences'] }),
  });
}

export function useEndSilence() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => remove(`/silences/${encodeURIComponent(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['silences'] }),
  });
}
