import { useEffect, useState, useSyncExternalStore } from 'react';
import { startDelivery, submitLabel } from './delivery';
import type { LeaseState } from './leases';
import { leasesOf } from './queries';
import { LabelSession } from './session';
import type { SessionState } from './session';

export interface Labelling {
  session: LabelSession;
  state: SessionState;
  queue: LeaseState;
}

/** A session for as long as the component is shown; another data set or person needs another key. */
export function useSession(dataset: string, annotator: string): Labelling {
  const [session] = useState(
    () =>
      new LabelSession({
        dataset,
        annotator,
        source: (load) => leasesOf({ dataset, annotator, alike: false }, load),
        submit: submitLabel,
      }),
  );
  useEffect(() => {
    startDelivery();
    return session.open();
  }, [session]);
  const state = useSyncExternalStore(session.state.subscribe, session.state.get);
  const queue = useSyncExternalStore(session.queue.subscribe, session.queue.get);
  return { session, state, queue };
}
