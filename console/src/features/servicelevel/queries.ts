import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { put, request } from '../../api/client';
import { at, slowPoll } from '../../api/queries';
import type { Objectives, ObjectivesRequest, ServiceLevel } from '../../api/types';

/** What was promised and kept in a month, as 2026-11. */
export const useServiceLevel = (name: string, month: string) =>
  useQuery({
    queryKey: ['service-level', name, month],
    queryFn: ({ signal }) => request<ServiceLevel>(`${at(name)}/service-level?month=${month}`, { signal }),
    placeholderData: keepPreviousData,
    ...slowPoll,
  });

export const useObjectives = (name: string) =>
  useQuery({
    queryKey: ['objectives', name],
    queryFn: ({ signal }) => request<Objectives>(`${at(name)}/objectives`, { signal }),
    networkMode: 'always',
  });

/** Replaces the objectives of a model. */
export function useSetObjectives(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: ObjectivesRequest) => put<Objectives>(`${at(name)}/objectives`, order),
    onSuccess: async (objectives) => {
      client.setQueryData(['objectives', name], objectives);
      await client.invalidateQueries({ queryKey: ['service-level', name] });
    },
  });
}

/** The page of a month that stands alone. */
export const reportAddress = (name: string, month: string) => `${at(name)}/service-level/report?month=${month}`;
