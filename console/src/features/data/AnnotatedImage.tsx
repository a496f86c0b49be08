import type { AnnotationValue } from '../../api/datasets';
import { objectsOf } from '../../api/datasets';
import { ServerImage } from '../../components/ServerImage';
import { ShapeLayer } from '../labels/objects/ShapeLayer';
import styles from './AnnotatedImage.module.css';

interface Props {
  path: string;
  alt: string;
  value: AnnotationValue | null | undefined;
  width: number;
  height: number;
}

const UNSCALED = { scale: 1, x: 0, y: 0 };
const NOTHING = { points: [], radius: 0, color: '' };

/** An image with the objects of a label, as large as its place allows. */
export function AnnotatedImage({ path, alt, value, width, height }: Props) {
  const objects = objectsOf(value);
  return (
    <div className={styles.place}>
      <div
        className={styles.frame}
        style={{ aspectRatio: `${width} / ${height}`, '--ratio': width / height } as object}
      >
        <ServerImage path={path} alt={alt} />
        {objects && (
          <ShapeLayer
            objects={objects}
            selected={null}
            image={{ width, height }}
            view={UNSCALED}
            handles={false}
            draft={[]}
            stroke={NOTHING}
          />
        )}
      </div>
    </div>
  );
}
