import { Link } from 'react-router';
import { thumbnailPath } from '../../api/datasets';
import { ServerImage } from '../../components/ServerImage';
import styles from './Design.module.css';

interface Props {
  dataset: string;
  title: string;
  /** The class. */
  of: string;
  images: readonly string[];
  counter?: boolean;
  /** Nothing where images are only looked at. */
  onAdd?: () => void;
  onRemove?: (hash: string) => void;
}

/** Images that show a class, or only seem to. */
export function ExampleImages({ dataset, title, of, images, counter = false, onAdd, onRemove }: Props) {
  return (
    <div className={styles.examples}>
      <p className={styles.kind}>{title}</p>
      <ul aria-label={`${title}: ${of}`}>
        {images.map((hash, index) => (
          <li key={hash} className={styles.example} data-counter={counter || undefined}>
            <Link to={`/datasets/${encodeURIComponent(dataset)}/items/${hash}`}>
              <ServerImage
                path={thumbnailPath(dataset, hash)}
                alt={`${counter ? 'Counter-example' : 'Example'} ${index + 1} of ${of}`}
              />
            </Link>
            {onRemove && (
              <button
                type="button"
                className={styles.drop}
                aria-label={`Remove ${counter ? 'counter-example' : 'example'} ${index + 1} of ${of}`}
                onClick={() => onRemove(hash)}
              >
                ×
              </button>
            )}
          </li>
        ))}
        {onAdd && (
          <li>
            <button
              type="button"
              className={styles.add}
              onClick={onAdd}
              aria-label={`Choose ${counter ? 'counter-examples' : 'examples'} of ${of}`}
            >
              +
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
