import { memo, useLayoutEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import type { AnnotatedObject } from '../../../api/datasets';
import { boxOf, HANDLES, handlePoint, rotatedRing } from '../edit/handles';
import type { Handle } from '../edit/handles';
import type { Point } from '../edit/paint';
import { decodeMask } from '../edit/rle';
import type { Extent, Viewport } from '../edit/viewport';
import { colorOf } from '../../predict/objects';
import styles from './ShapeLayer.module.css';

/** What can be dragged: a handle of a box, or a corner of a ring. */
export type Grip = { handle: Handle } | { ring: number; point: number };

interface Props {
  objects: readonly AnnotatedObject[];
  selected: number | null;
  image: Extent;
  view: Viewport;
  /** The selected object's handles. */
  handles: boolean;
  /** The corner of the selected polygon that keys move. */
  corner?: number | null;
  /** What keys point at. */
  crosshair?: Point | null;
  /** The outline that is being drawn. */
  draft: readonly Point[];
  /** What the brush passes over now. */
  stroke: { points: readonly Point[]; radius: number; color: string };
}

/** The objects of an image, drawn in its pixels; lines and handles keep their size on the screen. */
export function ShapeLayer({
  objects,
  selected,
  image,
  view,
  handles,
  corner = null,
  crosshair,
  draft,
  stroke,
}: Props) {
  const { width, height } = image;
  return (
    <>
      {objects.map(
        (object, index) =>
          object.mask && <Mask key={index} object={object} active={index === selected} alone={selected === null} />,
      )}
      <svg
        className={styles.layer}
        viewBox={`0 0 ${width} ${height}`}
        style={{ '--pixel': 1 / view.scale } as CSSProperties}
        aria-hidden="true"
        data-testid="shapes"
      >
        {objects.map((object, index) => (
          <g key={index} style={paint(object)} data-active={index === selected || undefined}>
            <Outline object={object} />
          </g>
        ))}
        {stroke.points.length > 0 && (
          <path
            className={styles.stroke}
            d={`M${stroke.points.map(({ x, y }) => `${x} ${y}`).join('L')}h0.001`}
            style={{ stroke: stroke.color, strokeWidth: 2 * stroke.radius }}
          />
        )}
        {handles && selected !== null && objects[selected] && (
          <Handles object={objects[selected]} corner={corner} radius={handleRadius() / view.scale} />
        )}
        {draft.length > 0 && <Draft points={draft} radius={4 / view.scale} />}
        {crosshair && (
          <path
            className={styles.crosshair}
            d={`M0 ${crosshair.y}H${width}M${crosshair.x} 0V${height}`}
            data-testid="crosshair"
          />
        )}
      </svg>
    </>
  );
}

const paint = (object: AnnotatedObject) => ({ '--mark': colorOf(object.class) }) as CSSProperties;

function Outline({ object }: { object: AnnotatedObject }) {
  const box = boxOf(object);
  if (box) {
    const at = { x: box[0], y: box[1], width: box[2], height: box[3] };
    return (
      <>
        <rect className={styles.rim} {...at} />
        <rect className={styles.shape} {...at} />
      </>
    );
  }
  const rings = object.polygon ?? (object.rotated_box ? [rotatedRing(object.rotated_box)] : []);
  if (rings.length === 0) return null;
  const d = rings.map((ring) => `M${pairs(ring).join('L')}Z`).join('');
  return (
    <>
      <path className={styles.rim} d={d} />
      <path className={styles.shape} d={d} fillRule="evenodd" />
    </>
  );
}

const pairs = (ring: readonly number[]): string[] =>
  ring.flatMap((value, i) => (i % 2 === 0 ? [`${value} ${ring[i + 1] ?? 0}`] : []));

/** In pixels of the screen; larger under a finger. */
const handleRadius = (): number => (matchMedia('(pointer: coarse)').matches ? 9 : 5);

interface HandlesProps {
  object: AnnotatedObject;
  corner?: number | null;
  radius: number;
}

/** Points to drag, larger to the pointer than to the eye. */
function Handles({ object, corner, radius }: HandlesProps) {
  const box = boxOf(object);
  const points: { key: string; at: Point }[] = box
    ? HANDLES.map((handle) => ({ key: handle, at: handlePoint(box, handle) }))
    : (object.polygon ?? []).flatMap((ring, r) =>
        ring.flatMap((x, i) => (i % 2 === 0 ? [{ key: `${r}-${i / 2}`, at: { x, y: ring[i + 1] ?? 0 } }] : [])),
      );
  return (
    <g>
      {points.map(({ key, at }, index) => (
        <rect
          key={key}
          data-chosen={(!box && index === corner) || undefined}
          className={styles.handle}
          data-grip={key}
          x={at.x - radius}
          y={at.y - radius}
          width={2 * radius}
          height={2 * radius}
        />
      ))}
    </g>
  );
}

function Draft({ points, radius }: { points: readonly Point[]; radius: number }) {
  return (
    <g className={styles.draft}>
      <path d={`M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`} />
      {points.map(({ x, y }, i) => (
        <circle key={i} cx={x} cy={y} r={i === 0 ? radius * 1.6 : radius} />
      ))}
    </g>
  );
}

interface MaskProps {
  object: AnnotatedObject;
  active: boolean;
  alone: boolean;
}

/** A mask as a layer of its own colour. */
const Mask = memo(function Mask({ object, active, alone }: MaskProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { mask } = object;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !mask) return;
    const pixels = context.createImageData(mask.width, mask.height);
    const [red, green, blue] = channels(colorOf(object.class));
    decodeMask(mask).data.forEach((inside, i) => inside === 1 && pixels.data.set([red, green, blue, 255], 4 * i));
    context.putImageData(pixels, 0, 0);
  }, [mask, object.class]);
  return (
    <canvas
      ref={canvas}
      className={styles.mask}
      width={mask?.width}
      height={mask?.height}
      data-active={active || undefined}
      data-alone={alone || undefined}
      aria-hidden="true"
    />
  );
});

const channels = (color: string): [number, number, number] => [
  parseInt(color.slice(1, 3), 16),
  parseInt(color.slice(3, 5), 16),
  parseInt(color.slice(5, 7), 16),
];
