import { Link } from 'react-router';
import type { Dataset } from '../../api/datasets';
import { thumbnailPath } from '../../api/datasets';
import type { Agreement } from '../../api/labelling';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { ServerImage } from '../../components/ServerImage';
import { percent, plural } from '../../format';
import { AdviceList } from './AdviceList';
import { Coefficient, Coefficients } from './Coefficients';
import { useAgreement } from './queries';
import styles from './Review.module.css';

/** How far annotators agree: the verdict first, then the coefficients behind it and the classes that are confused. */
export function AgreementSection({ dataset }: { dataset: Dataset }) {
  const agreement = useAgreement(dataset.name);
  if (!agreement.data) return <Loading error={agreement.error} what="the agreement" />;
  const { verdict, images, ceiling, confused, advice, per_class: classes, consensus } = agreement.data;
  return (
    <div className={styles.section}>
      <p className={styles.verdict} data-testid="verdict">
        {verdict}
      </p>
      <p className="quiet">{plural(images, 'image')} labelled by two or more people.</p>
      {consensus && <p className="quiet">Consensus: {consensus.reason}</p>}
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
        <Coefficients coefficients={agreement.data.coefficients} />
      </Panel>
      {classes.length > 0 && (
        <Panel title="By class" note="Krippendorff’s alpha; of boxes and masks by their overlap.">
          <dl className={styles.coefficients}>
            {classes.map((each) => (
              <Coefficient
                key={each.class}
                name={`${each.class}, ${plural(each.images, 'image')}`}
                figure={each.alpha}
              />
            ))}
          </dl>
        </Panel>
      )}
      {advice.length > 0 && (
        <Panel title="Advice">
          <AdviceList advice={advice} />
        </Panel>
      )}
      <Confused dataset={dataset} confused={confused} />
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
        {confused.map(({ a, b, count: many, examples }) => (
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
