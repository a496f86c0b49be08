import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/client';
import type { Job } from '../../api/types';

/** Ends a job at its next step; the list says when it has. */
export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<Job>(`/jobs/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
