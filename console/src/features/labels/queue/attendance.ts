/** Without a key or a pointer for so long, nobody is at the page. */
const AWAY_MS = 10 * 60_000;

let last = Date.now();
const now = () => {
  last = Date.now();
};
for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel'])
  addEventListener(kind, now, { passive: true, capture: true });

/** Whether somebody works at the page. The leases of one that nobody looks at end, so that others get the images. */
export const isAttended = (): boolean => !document.hidden && Date.now() - last < AWAY_MS;
