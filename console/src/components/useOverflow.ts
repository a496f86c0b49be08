import { useCallback, useState } from 'react';
import type { RefCallback } from 'react';

/** The sides on which a box has more than it shows. */
export interface Overflow {
  left: boolean;
  right: boolean;
  bottom: boolean;
}

const NONE: Overflow = { left: false, right: false, bottom: false };

/** A size that is not whole may leave a pixel that nobody can scroll to. */
const SLACK_PX = 1;

/** What a box that scrolls hides: give `ref` to the box; sizes, contents and scrolling are followed. */
export function useOverflow(): { ref: RefCallback<HTMLElement>; overflow: Overflow } {
  const [overflow, setOverflow] = useState(NONE);
  const ref = useCallback((box: HTMLElement | null) => {
    if (!box) return;
    const look = () =>
      setOverflow((before) => {
        const now = hidden(box);
        return now.left === before.left && now.right === before.right && now.bottom === before.bottom ? before : now;
      });
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    for (const child of box.children) sizes.observe(child);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
  return { ref, overflow };
}

type Sizes = Pick<
  HTMLElement,
  'scrollLeft' | 'scrollTop' | 'scrollWidth' | 'scrollHeight' | 'clientWidth' | 'clientHeight'
>;

/** Where a box of these sizes, scrolled like this, hides something. */
export const hidden = (box: Sizes): Overflow => ({
  left: box.scrollLeft > SLACK_PX,
  right: box.scrollWidth - box.clientWidth - box.scrollLeft > SLACK_PX,
  bottom: box.scrollHeight - box.clientHeight - box.scrollTop > SLACK_PX,
});
