import { useEffect, useLayoutEffect, useRef } from 'react';
import { takesKeys } from './keys';

/** Calls the latest handler for keys that are not typed into a field; what it handles goes no further. */
export function useKeys(handler: (event: KeyboardEvent) => boolean, enabled = true): void {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => {
      if (takesKeys(event.target, event.key) || document.querySelector('[role=dialog]')) return;
      if (latest.current(event)) event.preventDefault();
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, [enabled]);
}
