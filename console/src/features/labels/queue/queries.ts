import { post, request } from '../../../api/client';
import { imagePath, put } from '../../../api/datasets';
import { labellingPath } from '../../../api/labelling';
import type { Lease, LeaseList } from '../../../api/labelling';
import { handIn, outbox } from './delivery';
import type { ImageCache } from './images';
import type { LeaseSource } from './leases';

/** The server's leases for one person. Labels that wait are handed in first, so that none of their images comes again. */
export function leasesOf(dataset: string, annotator: string, load: (lease: Lease) => unknown): LeaseSource {
  const leases = `${labellingPath(dataset)}/leases`;
  return {
    lease: async (count) => {
      await handIn();
      return (await post<LeaseList>(leases, { annotator, count })).leases;
    },
    renew: ({ lease }) => put(`${leases}/${encodeURIComponent(lease)}`, {}),
    // also while the page is being closed
    giveBack: ({ lease }) => request(`${leases}/${encodeURIComponent(lease)}`, { method: 'DELETE', keepalive: true }),
    prefetch: load,
    isWaiting: (hash) => outbox.waiting().some((label) => label.dataset === dataset && label.hash === hash),
    now: () => Date.now(),
  };
}

/** Loads images ahead; a failure shows when the image is needed. */
export const loadAhead =
  (dataset: string, images: ImageCache) =>
  ({ item }: Lease): void => {
    images.get(imagePath(dataset, item.image.hash)).catch(() => undefined);
  };
