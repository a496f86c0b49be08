import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, put, request } from '../../api/client';
import { at, lasting, poll, slowPoll } from '../../api/queries';
import type { AccuracyReport, Drift, DriftCourse, DriftSettings, LoggedTraffic } from '../../api/types';

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

/** Whether the images are like those that a classifier was evaluated on. */
export const useTrust = (name: string, version: number, wanted: boolean) =>
  useQuery({
    queryKey: ['accuracy', name, version, 7],
    queryFn: ({ signal }) => request<AccuracyReport>(`${at(name)}/accuracy?version=${version}&days=7`, { signal }),
    select: (report) => report.estimated?.trust,
    enabled: wanted,
    ...lasting,
  });

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
