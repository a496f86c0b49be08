import type { LayerReport, Quantization } from '../api/types';
import { ShareBars } from '../charts/ShareBars';
import { Facts } from '../components/Facts';
import { bytes, count, milliseconds, percent, significant } from '../format';
import styles from './VersionDetails.module.css';

const MOST_LAYERS = 10;

/** What was proved of an INT8 version, and what each layer costs. */
export function QuantizationDetails({ report }: { report: Quantization }) {
  const { speed_up: speed, layers } = report;
  const inFloat = layers.filter((layer) => !layer.integer);
  return (
    <section aria-label="INT8" className={styles.wide}>
      <h3>INT8</h3>
      <p className={styles.judgement}>{report.judgement.sentence}</p>
      <div className={styles.columns}>
        <Facts
          facts={[
            [
              'Size',
              `${bytes(report.quantized_bytes)} instead of ${bytes(report.original_bytes)} (${significant(report.quantized_bytes / report.original_bytes)}×)`,
            ],
            ['One picture', `${milliseconds(speed.candidate_ms)} instead of ${milliseconds(speed.baseline_ms)}`],
            [
              'Speed',
              `${significant(speed.ratio.value)}× (${significant(speed.ratio.low)} to ${significant(speed.ratio.high)})`,
            ],
            ['Layers in integers', `${count(layers.length - inFloat.length)} of ${count(layers.length)}`],
            ['Calibrated on', `${count(report.pictures)} pictures`],
            ['Setting', report.setting],
          ]}
        />
        <div>
          <p className="quiet small">
            Noise in the outputs when one layer alone is quantized; in float where it says so
          </p>
          <ShareBars label="Sensitivity of layers" shares={costliest(layers)} />
        </div>
      </div>
    </section>
  );
}

function costliest(layers: readonly LayerReport[]) {
  const sorted = [...layers].sort((a, b) => (b.sensitivity ?? 0) - (a.sensitivity ?? 0)).slice(0, MOST_LAYERS);
  const most = sorted[0]?.sensitivity ?? 0;
  return sorted.map((layer) => ({
    label: layer.name,
    share: most === 0 ? 0 : (layer.sensitivity ?? 0) / most,
    text: layer.integer ? percent(layer.sensitivity, 3) : `float · ${percent(layer.sensitivity, 3)}`,
    color: layer.integer ? 'var(--data-1)' : 'var(--ink-3)',
  }));
}
