import { CurveChart } from '../../charts/CurveChart';
import type { Line } from '../../charts/lines';
import { Tag } from '../../components/Tag';
import { interval, percent } from '../../format';
import type { Diagnosis, DiagnosisFinding } from './report';
import styles from './Diagnosis.module.css';

/** Why a target is not reached and what would help most: the verdict, the findings by their weight, the curve. */
export function DiagnosisPanel({ diagnosis }: { diagnosis: Diagnosis }) {
  const { findings, curve, notes } = diagnosis;
  return (
    <div className={styles.diagnosis} data-testid="diagnosis">
      <p className={styles.verdict}>{diagnosis.verdict}</p>
      {findings.length > 0 && (
        <ol className={styles.findings} aria-label="Findings, what would help most first">
          {findings.map((finding) => (
            <Finding key={finding.sentence} finding={finding} />
          ))}
        </ol>
      )}
      {curve != null && (
        <CurveChart
          title="Score by images of each class: measured, then expected"
          lines={curveLines(diagnosis)}
          span={[0, Math.max(...curve.expected.map((point) => point.images_per_class))]}
          unit="images of each class"
          format={(value) => percent(value)}
          tick={(value) => percent(value, 0)}
          axis={{ cap: 1 }}
          empty="Too few images"
        />
      )}
      {notes.map((note) => (
        <p key={note} className="quiet small">
          {note}
        </p>
      ))}
    </div>
  );
}

const WORDS: Readonly<Record<DiagnosisFinding['standing'], string>> = {
  blocks: 'in the way',
  helps: 'helps',
  noted: 'noted',
};

function Finding({ finding }: { finding: DiagnosisFinding }) {
  const { score_after: after } = finding;
  return (
    <li className={styles.finding}>
      <div className={styles.weight}>
        <Tag tone={finding.standing === 'blocks' ? 'bad' : finding.standing === 'helps' ? 'good' : 'plain'}>
          {WORDS[finding.standing]}
        </Tag>
        {after != null && (
          <span title="Score that is expected once this is remedied, with its 95 % interval">
            {percent(after.value)} <span className="quiet">{interval(after.low, after.high)}</span>
          </span>
        )}
      </div>
      <div>
        <p>{finding.sentence}</p>
        <p className="quiet">{finding.remedy}</p>
        {finding.examples.length > 0 && (
          <details>
            <summary>Examples</summary>
            <ul className="small">
              {finding.examples.map((example) => (
                <li key={example}>{example}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

function curveLines({ curve }: Diagnosis): Line[] {
  const all = [
    ...(curve?.points ?? []).map((point) => ({ ...point, measured: true })),
    ...(curve?.expected ?? []).map((point) => ({ ...point, measured: false })),
  ];
  const line = (label: string, color: string, valueOf: (point: (typeof all)[number]) => number): Line => ({
    key: label,
    label,
    color,
    points: all.map((point) => ({ at: point.images_per_class, value: valueOf(point) })),
  });
  return [
    line('score', 'var(--data-1)', ({ score }) => score.value),
    line('lower end', 'var(--ink-3)', ({ score }) => score.low),
    line('upper end', 'var(--ink-3)', ({ score }) => score.high),
  ];
}
