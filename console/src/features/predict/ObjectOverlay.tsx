import { useElementSize } from '@mantine/hooks';
import type { CSSProperties } from 'react';
import { percent } from '../../format';
import type { Marking } from './marking';
import styles from './ObjectOverlay.module.css';
import { placeLabels } from './objectLabels';
import { largestFirst, outlinePath } from './objects';
import type { Marked } from './objects';

interface Props {
  marking: Marking;
  /** The image's own pixels. */
  width: number;
  height: number;
}

/** What was found, drawn over the image. The list beside it says the same to those who cannot see or point. */
export function ObjectOverlay({ marking, width, height }: Props) {
  const { shown, active, pinned } = marking;
  const { ref, width: across, height: down } = useElementSize<HTMLDivElement>();
  const drawn = { width: across || width, height: down || height };
  return (
    <div ref={ref} className={styles.overlay} aria-hidden="true" data-testid="overlay">
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
      {placeLabels(shown, { width, height }, drawn).map(({ mark, left, top }) => (
        <span
          key={mark.index}
          className={styles.name}
          data-pinned={mark.index === pinned || undefined}
          data-state={state(mark, active)}
          style={{ ...paint(mark), left, top }}
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
