import { useMutation } from '@tanstack/react-query';
import { request } from '../../api/client';
import { at } from '../../api/queries';
import type { Prediction } from '../../api/types';

export interface PredictRequest {
  name: string;
  version: number | null;
  image: File;
  /** Max number of labels in the response. */
  top: number;
}

export const usePredict = () =>
  useMutation({
    mutationFn: ({ name, version, image, top }: PredictRequest) => {
      const query = new URLSearchParams({ top: String(top), ...(version == null ? {} : { version: String(version) }) });
      return request<Prediction>(`${at(name)}/predict?${query.toString()}`, {
        method: 'POST',
        headers: { 'Content-Type': image.type || 'application/octet-stream' },
        body: image,
      });
    },
  });
