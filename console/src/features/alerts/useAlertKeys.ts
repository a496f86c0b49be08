import type { RefObject } from 'react';
import { useKeys } from '../labels/queue/useKeys';

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const ACTS: Record<string, string> = { e: 'evidence', a: 'acknowledge', s: 'silence', h: 'history' };

/** Keys to walk through the alerts of a page and to act on the one that has the focus. */
export function useAlertKeys(page: RefObject<HTMLElement | null>): void {
  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const rows = [...(page.current?.querySelectorAll<HTMLElement>('[data-alert]') ?? [])];
    const current = rows.findIndex((row) => row.contains(document.activeElement));
    const step = STEPS[event.key];
    if (step !== undefined) return focus(rows[current === -1 && step > 0 ? 0 : current + step]);
    const act = ACTS[event.key.toLowerCase()];
    const button = act === undefined ? null : rows[current]?.querySelector<HTMLElement>(`[data-act=${act}]`);
    button?.click();
    return button != null;
  });
}

/** Focuses the first control of a row. */
function focus(row: HTMLElement | undefined): boolean {
  row?.querySelector<HTMLElement>('[data-act]')?.focus();
  return row !== undefined;
}
