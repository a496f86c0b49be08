import { post } from '../../../api/client';
import { labellingPath } from '../../../api/labelling';
import type { Lease, LeaseList } from '../../../api/labelling';
import { isAttended } from './attendance';
import { handIn, outbox } from './delivery';
import type { LeaseSource } from './leases';
import { dropLeases, giveBack, LEASE_SECONDS, leftLeases, noteLeases, renew } from './returns';

/** What is asked of the server. */
export interface LeaseKind {
  dataset: string;
  annotator: string;
  /** Whether images come in pages that look alike. */
  alike: boolean;
}

/** The server's leases for one person. What waits is handed in and returned first, so that all of it is in order. */
export function leasesOf({ dataset, annotator, alike }: LeaseKind, load: (lease: Lease) => unknown): LeaseSource {
  return {
    lease: async (count) => {
      if (outbox.waiting().length > 0) await handIn();
      const ended = await leftLeases(dataset);
      const body = { annotator, count, seconds: LEASE_SECONDS, alike, ended };
      const { leases } = await post<LeaseList>(`${labellingPath(dataset)}/leases`, body);
      dropLeases(ended);
      noteLeases(
        dataset,
        leases.map(({ lease }) => lease),
      );
      return leases;
    },
    renew: (leases) => renew(dataset, leases),
    giveBack: (leases) => giveBack(dataset, leases),
    done: (lease) => dropLeases([lease]),
    prefetch: load,
    isWaiting: (hash) => outbox.waiting().some((label) => label.dataset === dataset && label.hash === hash),
    isAttended,
    now: () => Date.now(),
  };
}
