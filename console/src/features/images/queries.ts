import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post, put, remove, request } from '../../api/client';
import { at, lasting, poll, slowPoll } from '../../api/queries';
import type { KeepRequest, KeepState, KeptImages, KeptNow } from '../../api/types';

const keep = (name: string) => `${at(name)}/traffic/keep`;

/** Which images of a model's traffic are kept, and how many there are. */
export const useKeep = (name: string) =>
  useQuery({
    queryKey: ['keep', name],
    queryFn: ({ signal }) => request<KeepState>(keep(name), { signal }),
    ...poll,
  });

/** The newest kept images. */
export const useKeptImages = (name: string, limit: number) =>
  useQuery({
    queryKey: ['keep', name, 'images', limit],
    queryFn: ({ signal }) => request<KeptImages>(`${keep(name)}/images?limit=${limit}`, { signal }),
    placeholderData: keepPreviousData,
    ...slowPoll,
  });

/** Kept images of responses in a time, the newest first. */
export const useKeptBetween = (name: string, from: string, to: string | undefined, limit: number) => {
  const time = new URLSearchParams({ from, ...(to !== undefined && { to }), limit: String(limit) }).toString();
  return useQuery({
    queryKey: ['keep', name, 'between', time],
    queryFn: ({ signal }) => request<KeptImages>(`${keep(name)}/images?${time}`, { signal }),
    ...lasting,
  });
};

/** Keeps images, or keeps others than before. */
export const useSetKeep = (name: string) =>
  useKeepChange(name, (policy: KeepRequest) => put<KeepState>(keep(name), policy));

/** Keeps no more images. */
export const useEndKeep = (name: string) => useKeepChange(name, () => remove(keep(name)));

/** Chooses the images of today now. */
export const useCloseKeep = (name: string) => useKeepChange(name, () => post<KeptNow>(`${keep(name)}/close`, {}));

function useKeepChange<Order, Response>(name: string, act: (order: Order) => Promise<Response>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: ['keep', name] }),
  });
}
