import { Link } from 'react-router';
import { thumbnailPath } from '../../api/datasets';
import type { KeptImage } from '../../api/types';
import { ServerImage } from '../../components/ServerImage';
import { shortDayAndTime } from '../../format';
import styles from './Images.module.css';
import { predictedText } from './words';

/** Kept images as tiles; each leads to the image in its data set. */
export function KeptTiles({ images, label }: { images: readonly KeptImage[]; label: string }) {
  return (
    <ul className={styles.tiles} aria-label={label}>
      {images.map((image) => (
        <li key={`${image.request_id} ${image.kept.hash}`}>
          <Tile image={image} />
        </li>
      ))}
    </ul>
  );
}

function Tile({ image }: { image: KeptImage }) {
  const { dataset, hash, reasons } = image.kept;
  const words = predictedText(image);
  return (
    <Link
      className={styles.tile}
      to={`/datasets/${encodeURIComponent(dataset)}/items/${hash}`}
      title={`Request ${image.request_id}; kept as ${reasons.join(', ')}`}
    >
      <span className={styles.thumbnail}>
        <ServerImage path={thumbnailPath(dataset, hash)} alt={`Predicted as ${words}`} />
      </span>
      <span className={styles.caption}>
        <span className={styles.words}>{words}</span>
        <time className="quiet" dateTime={image.time}>
          {shortDayAndTime(Date.parse(image.time))}
        </time>
      </span>
    </Link>
  );
}
