import { useSyncExternalStore } from 'react';
import { Store } from './store';

const KEY = 'fovea-key';

/** `no`: nothing to ask; `missing`: the server wants a key; `wrong`: it refused the one it was given. */
export type KeyRequest = 'no' | 'missing' | 'wrong';

const state = new Store<KeyRequest>('no');

/** The API key lives as long as the browser tab and is sent to this server only. */
export const apiKey = {
  current: (): string => sessionStorage.getItem(KEY) ?? '',
  wanted: (hadOne: boolean) => state.set(hadOne ? 'wrong' : 'missing'),
  keep: (key: string) => {
    sessionStorage.setItem(KEY, key);
    state.set('no');
  },
};

export const useKeyRequest = (): KeyRequest => useSyncExternalStore(state.subscribe, state.get);
