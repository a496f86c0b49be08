import { useSyncExternalStore } from 'react';
import { Store } from './store';

const online = new Store(true);

/** Whether the last request got a response. */
export const connection = {
  found: () => online.set(true),
  lost: () => online.set(false),
};

export const useOnline = (): boolean => useSyncExternalStore(online.subscribe, online.get);
