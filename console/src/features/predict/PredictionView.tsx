import type { HeatMap, Prediction } from '../../api/types';
import { ShareBars } from '../../charts/ShareBars';
import { VersionMark } from '../../components/VersionMark';
import { milliseconds, percent, plural } from '../../format';
import { EmbeddingView } from './EmbeddingView';
import { hottest } from './heatMap';
import type { Marking } from './marking';
import { ObjectList } from './ObjectList';
import styles from './PredictionView.module.css';
import { Timings } from './Timings';

interface Props {
  prediction: Prediction;
  marking: Marking;
}

/** A prediction with its timings. */
export function PredictionView({ prediction, marking }: Props) {
  return (
    <div className={styles.view}>
      <Result prediction={prediction} marking={marking} />
      <section aria-label="Timings">
        <div className={styles.timing}>
          <h2>{milliseconds(prediction.latency_ms)}</h2>
          <span className="quiet small">
            {prediction.version != null && <VersionMark version={prediction.version} word />} of {prediction.model}
          </span>
        </div>
        <Timings prediction={prediction} />
      </section>
      <details className={styles.raw}>
        <summary>Response as JSON</summary>
        <pre tabIndex={0} data-testid="raw">
          {JSON.stringify(prediction, null, 2)}
        </pre>
      </details>
    </div>
  );
}

function Result({ prediction, marking }: Props) {
  switch (prediction.task) {
    case 'classification':
      return <OneLabel prediction={prediction} />;
    case 'multi-label':
      return <ManyLabels prediction={prediction} />;
    case 'multi-task':
      return <TaskLabels tasks={prediction.tasks} />;
    case 'embedding':
      return <EmbeddingView values={prediction.embedding} />;
    case 'tensors':
      return <p className="quiet">This model returns tensors. Use the Open Inference Protocol to read them.</p>;
    default:
      return <ObjectList marking={marking} task={prediction.task} />;
  }
}

/** A label of each task, with the other labels of the task below it. */
function TaskLabels({ tasks }: Pick<Prediction, 'tasks'>) {
  return Object.entries(tasks).map(([task, { label, confidence, top }]) => (
    <section key={task} aria-label={task}>
      <h2 data-testid="task">
        {task}: {label} <span className="quiet">{percent(confidence)}</span>
      </h2>
      <ShareBars
        label={`Most likely labels of ${task}`}
        shares={top.map((ranked, i) => ({
          label: ranked.label,
          share: ranked.confidence,
          text: percent(ranked.confidence, ranked.confidence < 0.001 ? 3 : 1),
          color: i === 0 ? 'var(--data-1)' : 'var(--line-strong)',
        }))}
      />
    </section>
  ));
}

function OneLabel({ prediction }: { prediction: Prediction }) {
  return (
    <>
      {prediction.label != null && (
        <div className={styles.head}>
          <p className={styles.label} data-testid="label">
            {prediction.label}
          </p>
          <p className={styles.confidence}>
            {percent(prediction.confidence)} <span>confidence</span>
          </p>
        </div>
      )}
      {prediction.heat_map != null && <HeatMapNote map={prediction.heat_map} />}
      <section aria-label="Most likely classes">
        <ShareBars
          label="Most likely classes"
          shares={prediction.top.map(({ label, confidence }, i) => ({
            label,
            share: confidence,
            text: percent(confidence, confidence < 0.001 ? 3 : 1),
            color: i === 0 ? 'var(--data-1)' : 'var(--line-strong)',
          }))}
        />
      </section>
    </>
  );
}

function HeatMapNote({ map }: { map: HeatMap }) {
  const place = hottest(map);
  return (
    <p className="quiet" data-testid="heat">
      {place
        ? `Most anomalous at ${percent(place.across, 0)} of the width and ${percent(place.down, 0)} of the height.`
        : 'No place of the image is above the threshold.'}
    </p>
  );
}

function ManyLabels({ prediction: { top } }: { prediction: Prediction }) {
  return (
    <section className={styles.labels} aria-label="Labels that apply">
      <h2 data-testid="found">
        {top.length === 0
          ? 'No label applies'
          : `${plural(top.length, 'label')} ${top.length === 1 ? 'applies' : 'apply'}`}
      </h2>
      <ShareBars
        label="Labels that apply"
        shares={top.map(({ label, confidence }) => ({ label, share: confidence, text: percent(confidence) }))}
      />
    </section>
  );
}
