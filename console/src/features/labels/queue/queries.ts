import { post } from '../../../api/client';
import { labellingPath } from '../../../api/labelling';
import type { Lease, LeaseList } from '../../../api/labelling';
import { handIn, outbox } from './delivery';
import type { LeaseSource } from './leases';
import { giveBack, renew, returnLeft } from './returns';

/** The server's leases for one person. What waits is handed in and returned first, so that none of it comes again. */
export function leasesOf(dataset: string, annotator: string, load: (lease: Lease) => unknown): LeaseSource {
  return {
    lease: async (count) => {
      await handIn();
      await returnLeft();
      return (await post<LeaseList>(`${labellingPath(dataset)}/leases`, { annotator, count })).leases;
    },
    renew: ({ lease }) => renew(dataset, lease),
    giveBack: ({ lease }) => giveBack(dataset, lease),
    prefetch: load,
    isWaiting: (hash) => outbox.waiting().some((label) => label.dataset === dataset && label.hash === hash),
    now: () => Date.now(),
  };
}
