import { Link } from 'react-router';
import type { Dataset } from '../../api/datasets';
import { thumbnailPath } from '../../api/datasets';
import type { Agreement } from '../../api/labelling';
import type { Figure } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ServerImage } from '../../components/ServerImage';
import { percent, plural } from '../../format';
import { useAgreement } from './queries';
import styles from './Review.module.css';

/** How far annotators agree: the verdict first, then the coefficients behind it and the classes that are confused. */
export function AgreementSection({ dataset }: { dataset: Dataset }) {
  const agreement = useAgreement(dataset.name);
  if (!agreement.data) return <Loading error={agreement.error} what="the agreement" />;
  const { verdict, images, kappa, fleiss, alpha, ceiling, confused, advice = [] } = agreement.data;
  return (
    <div className={styles.section}>
      <p className={styles.verdict} data-testid="verdict">
        {verdict}
      </p>
      <p className="quiet">{plural(images, 'image')} labelled by two or more people.</p>
      {ceiling && (
        <p>
          No model trained on these labels can be shown to be more accurate than {percent(ceiling.value)}{' '}
          <span className="quiet small">
            ({percent(ceiling.low)} to {percent(ceiling.high)})
          </span>
          .
        </p>
      )}
      <Panel title="Coefficients" note="1 is full agreement, 0 is what chance gives. With 95 % intervals.">
        <dl className={styles.coefficients}>
          <Coefficient name="Cohen’s kappa, the two with most images in common" figure={kappa} />
          <Coefficient name="Fleiss’ kappa" figure={fleiss} />
          <Coefficient name="Krippendorff’s alpha" figure={alpha} />
        </dl>
      </Panel>
      {advice.length > 0 && (
        <Panel title="Advice">
          <ul className={styles.advice}>
            {advice.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Panel>
      )}
      <Confused dataset={dataset} confused={confused} />
    </div>
  );
}

function Coefficient({ name, figure }: { name: string; figure: Figure | null | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
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

function Confused({ dataset, confused }: { dataset: Dataset; confused: Agreement['confused'] }) {
  if (confused.length === 0) return null;
  const meaning = (name: string) =>
    dataset.classes.find((each) => each.name === name && each.definition !== '')?.definition;
  return (
    <Panel title="Confused classes">
      <ul className={styles.section}>
        {confused.map(({ a, b, count: many, examples = [] }) => (
          <li key={`${a}\n${b}`}>
            <h3>
              <bdi>{a}</bdi> and <bdi>{b}</bdi>, {plural(many, 'time')}
            </h3>
            <dl className={styles.meanings}>
              {[a, b].map((name) => (
                <div key={name}>
                  <dt dir="auto">{name}</dt>
                  <dd dir="auto">{meaning(name) ?? 'not defined'}</dd>
                </div>
              ))}
            </dl>
            <div className={styles.row}>
              {examples.slice(0, 8).map((hash) => (
                <Link
                  key={hash}
                  className={styles.thumbnail}
                  to={`/datasets/${encodeURIComponent(dataset.name)}/items/${hash}`}
                >
                  <ServerImage path={thumbnailPath(dataset.name, hash)} alt={`Image ${hash.slice(0, 8)}`} />
                </Link>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
