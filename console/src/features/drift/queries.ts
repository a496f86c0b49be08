import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, put, request } from '../../api/client';
import { at, poll, slowPoll } from '../../api/queries';
import type { Drift, DriftCourse, DriftSettings, LoggedTraffic } from '../../api/types';

export const useDrift = (name: string) =>
  useQuery({
    queryKey: ['drift', name],
    queryFn: ({ signal }) => request<Drift>(`${at(name)}/drift`, { signal }),
    ...poll,
  });

/** How the measures of a version went over so many days. */
export const useDriftCourse = (name: string, version: number, days: number) =>
  useQuery({
    queryKey: ['drift', name, 'course', version, days],
    queryFn: ({ signal }) =>
      request<DriftCourse>(`${at(name)}/drift/course?version=${version}&days=${days}`, { signal }),
    placeholderData: keepPreviousData,
    ...slowPoll,
  });

/** The traffic of a version in a time. */
export const useTrafficBetween = (name: string, version: number, from: string, to: string | undefined) => {
  const time = new URLSearchParams({ version: String(version), from, ...(to !== undefined && { to }) }).toString();
  return useQuery({
    queryKey: ['traffic', name, time],
    queryFn: ({ signal }) => request<LoggedTraffic>(`${at(name)}/traffic?${time}`, { signal }),
    ...slowPoll,
  });
};

export function useAcceptTraffic(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: { version: number; days: number }) => post(`${at(name)}/drift/accept`, order),
    onSuccess: () => client.invalidateQueries({ queryKey: ['drift', name] }),
  });
}

export function useChangeDriftSettings(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: DriftSettings) => put<DriftSettings>(`${at(name)}/drift/settings`, settings),
    onSuccess: () => client.invalidateQueries({ queryKey: ['drift', name] }),
  });
}
