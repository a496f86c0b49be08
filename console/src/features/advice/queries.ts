import { useMutation, useQuery } from '@tanstack/react-query';
import { post, request } from '../../api/client';
import type { Advice, AdviceFieldList, AdviceRequest } from '../../api/types';

/** What advice is made from; it changes with the program only. */
export const useAdviceFields = () =>
  useQuery({
    queryKey: ['advice-fields'],
    queryFn: ({ signal }) => request<AdviceFieldList>('/advice', { signal }),
    select: ({ fields }) => fields,
    staleTime: Infinity,
  });

export const useAdvise = () => useMutation({ mutationFn: (order: AdviceRequest) => post<Advice>('/advice', order) });
