import { useEffect, useSyncExternalStore } from 'react';
import { Store } from './api/store';

const now = new Store(Date.now());
setInterval(() => now.set(Date.now()), 5000);

/** The time, fresh enough for "3 min ago". */
export const useNow = (): number => useSyncExternalStore(now.subscribe, now.get);

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Fovea` : 'Fovea';
  }, [title]);
}
