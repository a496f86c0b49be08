import type { Prediction } from '../api/types';
import { ShareBars } from '../charts/ShareBars';
import { StageBar } from '../charts/StageBar';
import { VersionMark } from '../components/VersionMark';
import { milliseconds, percent } from '../format';
import styles from './PredictionView.module.css';

/** An answer with what stood behind it. */
export function PredictionView({ prediction }: { prediction: Prediction }) {
  return (
    <div className={styles.view}>
      {prediction.label != null && (
        <div className={styles.head}>
          <p className={styles.label} data-testid="label">
            {prediction.label}
          </p>
          <p className={styles.confidence}>
            {percent(prediction.confidence)} <span>sure</span>
          </p>
        </div>
      )}
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
      <section aria-label="Timings">
        <div className={styles.timing}>
          <h2>{milliseconds(prediction.latency_ms)}</h2>
          <span className="quiet small">
            {prediction.version != null && <VersionMark version={prediction.version} word />} of {prediction.model}
          </span>
        </div>
        <StageBar timings={prediction.timings_ms} />
      </section>
      <details className={styles.raw}>
        <summary>The answer as JSON</summary>
        <pre tabIndex={0} data-testid="raw">
          {JSON.stringify(prediction, null, 2)}
        </pre>
      </details>
    </div>
  );
}
