import { useThumbnail } from './queries';
import type { EvaluationImage } from '../../api/types';
import styles from './EvaluationImages.module.css';

/** A small copy of an image; a detector's objects are drawn on it. */
export function Thumbnail({ image }: { image: EvaluationImage }) {
  const found = useThumbnail(image.thumbnail);
  if (image.thumbnail == null || found.error) return <span className={styles.missing}>no thumbnail</span>;
  if (found.data === undefined) return <span className={styles.missing} />;
  return (
    <span className={styles.image}>
      <img src={found.data} alt={words(image)} />
      {image.objects.length > 0 && <Objects image={image} />}
    </span>
  );
}

const words = ({ name, truth, predicted, objects }: EvaluationImage) =>
  truth == null && predicted == null
    ? `${name}: ${objects.length} objects`
    : `${name}: shows ${truth ?? 'objects'}, predicted ${predicted ?? 'nothing'}`;

/** Boxes are given in pixels of the upright image, which the drawing takes for its own. */
function Objects({ image: { width, height, objects } }: { image: EvaluationImage }) {
  return (
    <svg viewBox={`0 0 ${width ?? 1} ${height ?? 1}`} aria-hidden="true">
      {objects.map(({ kind, x1, y1, x2, y2 }, i) => (
        <rect key={i} x={x1} y={y1} width={x2 - x1} height={y2 - y1} data-kind={kind} />
      ))}
    </svg>
  );
}
