import { KeyFigures } from '../../components/Facts';
import { count, significant } from '../../format';
import { strokes, summarize } from './embedding';
import styles from './EmbeddingView.module.css';

/** A vector: how long it is and what it looks like. Only its distance to others means something. */
export function EmbeddingView({ values }: { values: readonly number[] }) {
  const { dimensions, norm, min, max } = summarize(values);
  return (
    <section className={styles.embedding} aria-label="Embedding">
      <KeyFigures
        facts={[
          [
            'Numbers',
            <span key="n" data-testid="dimensions">
              {count(dimensions)}
            </span>,
          ],
          ['Length of the vector', significant(norm)],
          ['Smallest, largest', `${significant(min)}, ${significant(max)}`],
        ]}
      />
      <svg className={styles.strokes} viewBox={`0 0 ${dimensions} 2`} preserveAspectRatio="none" aria-hidden="true">
        <path d={strokes(values)} />
      </svg>
      <p className="quiet small">Images that are alike have vectors that point the same way.</p>
    </section>
  );
}
