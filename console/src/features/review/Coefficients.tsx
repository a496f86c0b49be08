import type { Agreement } from '../../api/labelling';
import type { Figure } from '../../api/types';
import styles from './Review.module.css';

/** Agreement beyond chance, with intervals. */
export function Coefficients({ coefficients: { kappa, fleiss, alpha } }: Pick<Agreement, 'coefficients'>) {
  return (
    <dl className={styles.coefficients}>
      <Coefficient name="Cohen’s kappa, the two with most images in common" figure={kappa} />
      <Coefficient name="Fleiss’ kappa" figure={fleiss} />
      <Coefficient name="Krippendorff’s alpha" figure={alpha} />
    </dl>
  );
}

/** One coefficient with its interval. */
export function Coefficient({ name, figure }: { name: string; figure: Figure | null | undefined }) {
  return (
    <div>
      <dt dir="auto">{name}</dt>
      <dd>
        {figure ? (
          <>
            {figure.value.toFixed(2)}{' '}
            <span className="quiet small">
              {figure.low.toFixed(2)} to {figure.high.toFixed(2)}
            </span>
          </>
        ) : (
          <span className="quiet">too few labels</span>
        )}
      </dd>
    </div>
  );
}
