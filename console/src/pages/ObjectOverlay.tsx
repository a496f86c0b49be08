import type { CSSProperties } from 'react';
import { percent } from '../format';
import type { Marking } from './marking';
import styles from './ObjectOverlay.module.css';
import { largestFirst, outlinePath } from './objects';
import type { Marked } from './objects';

/** More names than these would hide the picture; then only the object that is looked at says its name. */
const MOST_NAMES = 10;

interface Props {
  marking: Marking;
  /** The picture's own pixels. */
  width: number;
  height: number;
}

/** What was found, drawn over the picture. The list beside it says the same to those who cannot see or point. */
export function ObjectOverlay({ marking, width, height }: Props) {
  const { shown, active, pinned } = marking;
  const named = shown.length <= MOST_NAMES;
  return (
    <div className={styles.overlay} aria-hidden="true" data-testid="overlay">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
        {largestFirst(shown).map((mark) => (
          <g
            key={mark.index}
            style={paint(mark)}
            data-state={state(mark, active)}
            onMouseEnter={() => marking.point(mark.index)}
            onMouseLeave={() => marking.point(null)}
            onClick={() => marking.pin(mark.index)}
          >
            <Shape mark={mark} />
          </g>
        ))}
      </svg>
      {shown
        .filter((mark) => (named && active == null) || mark.index === active)
        .map((mark) => (
          <span
            key={mark.index}
            className={styles.name}
            data-pinned={mark.index === pinned || undefined}
            data-below={place(mark, height).below || undefined}
            style={{
              ...paint(mark),
              left: `${(100 * Math.max(0, mark.object.box.x1)) / width}%`,
              top: `${place(mark, height).top}%`,
            }}
          >
            {mark.name} {mark.index === active && mark.confidence != null && percent(mark.confidence, 0)}
          </span>
        ))}
    </div>
  );
}

function Shape({ mark: { object, confidence } }: { mark: Marked }) {
  const outline = outlinePath(object.polygons);
  const { x1, y1, x2, y2 } = object.box;
  const box = { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
  const boxed = outline === '' || (object.mask != null && confidence != null);
  return (
    <>
      {outline !== '' && <path className={styles.region} d={outline} fillRule="evenodd" />}
      {boxed && (
        <>
          <rect className={styles.rim} {...box} />
          <rect className={styles.box} {...box} />
        </>
      )}
    </>
  );
}

const paint = (mark: Marked) => ({ '--mark': mark.color }) as CSSProperties;

const state = (mark: Marked, active: number | null) =>
  active == null ? undefined : mark.index === active ? 'active' : 'aside';

/** Above the object, or just inside it where the picture ends. */
function place({ object: { box } }: Marked, height: number) {
  const top = (100 * box.y1) / height;
  return { top: Math.max(0, top), below: top < 6 };
}
