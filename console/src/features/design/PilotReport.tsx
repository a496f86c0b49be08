import { Link } from 'react-router';
import type { Dataset } from '../../api/datasets';
import { thumbnailPath } from '../../api/datasets';
import type { Agreement, ConfusedClasses } from '../../api/labelling';
import { ServerImage } from '../../components/ServerImage';
import { interval, percent, plural } from '../../format';
import { AdviceList } from '../review/AdviceList';
import { Coefficients } from '../review/Coefficients';
import { MakeExample } from '../review/MakeExample';
import { ExampleImages } from './ExampleImages';
import styles from './Design.module.css';

/** What a pilot says: the verdict, its figures, what to change, and the classes that people confuse. */
export function PilotReport({ dataset, agreement }: { dataset: Dataset; agreement: Agreement }) {
  const { verdict, ceiling, advice, confused } = agreement;
  return (
    <div className={styles.section} data-testid="pilot-report">
      <p className={styles.verdict}>{verdict}</p>
      <Coefficients coefficients={agreement.coefficients} />
      {ceiling && (
        <p className="quiet">
          Accuracy ceiling: {percent(ceiling.value)} ({interval(ceiling.low, ceiling.high)}).
        </p>
      )}
      {advice.length > 0 && (
        <div>
          <h3>What to change</h3>
          <AdviceList advice={advice} />
        </div>
      )}
      {confused.map((pair) => (
        <Confused key={`${pair.a}\n${pair.b}`} dataset={dataset} pair={pair} />
      ))}
    </div>
  );
}

/** Two classes side by side with their definitions, above the images on which people chose differently. */
function Confused({
  dataset,
  pair: { a, b, count: many, used, examples },
}: {
  dataset: Dataset;
  pair: ConfusedClasses;
}) {
  return (
    <section className={styles.confused} aria-label={`${a} and ${b}`}>
      <h3>
        <bdi>{a}</bdi> or <bdi>{b}</bdi>? People differ on {plural(many, 'image')} of {used}.
      </h3>
      <div className={styles.sides}>
        {[a, b].map((name) => (
          <Side key={name} dataset={dataset} name={name} />
        ))}
      </div>
      <ul className={styles.cases} aria-label={`Images between ${a} and ${b}`}>
        {examples.map((hash) => (
          <li key={hash}>
            <Link to={`/datasets/${encodeURIComponent(dataset.name)}/items/${hash}`} className={styles.case}>
              <ServerImage path={thumbnailPath(dataset.name, hash)} alt={`Image ${hash.slice(0, 8)}`} />
            </Link>
            {[a, b].map((name) => {
              const definition = dataset.classes.find((each) => each.name === name);
              return (
                definition && (
                  <MakeExample
                    key={name}
                    dataset={dataset.name}
                    name={name}
                    hash={hash}
                    made={definition.examples.includes(hash)}
                    words={`Example of ${name}`}
                  />
                )
              );
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Side({ dataset, name }: { dataset: Dataset; name: string }) {
  const definition = dataset.classes.find((each) => each.name === name);
  const defined = definition !== undefined && definition.definition !== '';
  return (
    <div className={styles.side}>
      <h4 dir="auto">{name}</h4>
      <p dir="auto" className={defined ? undefined : 'quiet'}>
        {defined ? definition.definition : 'not defined'}
      </p>
      {definition && definition.examples.length > 0 && (
        <ExampleImages dataset={dataset.name} title="Shows it" of={name} images={definition.examples} />
      )}
    </div>
  );
}
