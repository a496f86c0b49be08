import { useSyncExternalStore } from 'react';
import { Store } from '../../../api/store';

const KEY = 'fovea-annotator';

/** At most this many characters. */
export const MAX_NAME = 100;

const name = new Store(localStorage.getItem(KEY) ?? '');

/** Under whose name labels are given. It stays in this browser. */
export const annotator = {
  current: name.get,
  choose: (next: string) => {
    const chosen = next.trim().slice(0, MAX_NAME);
    localStorage.setItem(KEY, chosen);
    name.set(chosen);
  },
};

export const useAnnotator = (): string => useSyncExternalStore(name.subscribe, name.get);
