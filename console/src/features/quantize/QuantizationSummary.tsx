import { Link } from 'react-router';
import type { QuantizationReport } from '../../api/types';
import { Facts } from '../../components/Facts';
import { bytes, milliseconds, significant } from '../../format';
import { precisionName } from './quantizations';
import styles from '../versions/VersionDetails.module.css';

interface Props {
  name: string;
  version: number;
  report: QuantizationReport;
}

/** The summary of a quantized version; the whole report is under Quantization. */
export function QuantizationSummary({ name, version, report }: Props) {
  const { speed_up: speed } = report;
  const precision = precisionName(report.precision);
  return (
    <section aria-label={precision} className={styles.wide}>
      <h3>{precision}</h3>
      <p className={styles.judgement}>{report.judgement.sentence}</p>
      <Facts
        facts={[
          [
            'Size',
            `${bytes(report.bytes.quantized)} instead of ${bytes(report.bytes.original)} (${significant(report.bytes.quantized / report.bytes.original)}×)`,
          ],
          ['One image', `${milliseconds(speed.candidate_ms)} instead of ${milliseconds(speed.baseline_ms)}`],
          [
            'Speed',
            `${significant(speed.ratio.value)}× (${significant(speed.ratio.low)} to ${significant(speed.ratio.high)})`,
          ],
        ]}
      />
      <p className="small">
        <Link to={`/models/${encodeURIComponent(name)}/quantization?version=${version}`}>
          Quantization report of version {version}
        </Link>
      </p>
    </section>
  );
}
