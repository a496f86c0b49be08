import { useSyncExternalStore } from 'react';
import { useCaller } from '../../../api/queries';
import { Store } from '../../../api/store';

const KEY = 'fovea-annotator';

/** At most this many characters. */
export const MAX_NAME = 100;

const name = new Store(localStorage.getItem(KEY) ?? '');

/** The name that a person enters where the API key has none. It stays in this browser. */
export const annotator = {
  current: name.get,
  choose: (next: string) => {
    const chosen = next.trim().slice(0, MAX_NAME);
    localStorage.setItem(KEY, chosen);
    name.set(chosen);
  },
};

/** Under whose name labels are given: that of the API key, else the one that was entered. */
export const useAnnotator = (): string => {
  const entered = useSyncExternalStore(name.subscribe, name.get);
  return useCaller() ?? entered;
};
