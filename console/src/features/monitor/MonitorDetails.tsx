import type { VersionSnapshot } from '../../api/types';
import { ShareBars, topShares } from '../../charts/ShareBars';
import { StageKey } from '../../charts/StageBar';
import { STAGES } from '../../charts/stages';
import { Facts } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { count, percent, significant } from '../../format';
import styles from './MonitorSection.module.css';

/** The predictions of one version since it was loaded. */
export function MonitorDetails({ version }: { version: VersionSnapshot }) {
  const { confidence, requests } = version;
  const errors = Object.values(requests.errors).reduce((sum, each) => sum + each, 0);
  const { width, height, formats } = version.images;
  return (
    <div className={styles.details}>
      <Panel title="Predictions" aside={<span className="quiet small">{count(requests.total)} requests</span>}>
        <ShareBars
          label="Predicted classes"
          shares={topShares(version.classes, 6, (n, share) => `${count(n)}, ${percent(share)}`)}
        />
      </Panel>
      <Panel title="Stages" aside={<span className="quiet small">milliseconds</span>}>
        <Stages latency={version.latency_ms} />
      </Panel>
      <Panel title="Confidence" aside={<span className="quiet small">of the predictions</span>}>
        <Facts
          numbers
          facts={[
            ['Mean', percent(confidence.mean)],
            ['At promotion', percent(confidence.baseline)],
            ['10th percentile', percent(confidence.p10)],
            ['Median', percent(confidence.p50)],
            ['90th percentile', percent(confidence.p90)],
          ]}
        />
      </Panel>
      <Panel
        title="Errors"
        aside={
          <span className="quiet small">
            {percent(requests.total === 0 ? 0 : errors / requests.total, 2)} of the requests
          </span>
        }
      >
        {errors === 0 ? (
          <p className="quiet">None.</p>
        ) : (
          <ShareBars
            label="Errors by code"
            shares={topShares(requests.errors, 6, count).map((row) => ({ ...row, color: 'var(--bad)' }))}
          />
        )}
      </Panel>
      <Panel title="Formats">
        <ShareBars
          label="Image formats"
          shares={topShares(formats, 5, (n, share) => `${count(n)}, ${percent(share)}`)}
        />
      </Panel>
      <Panel title="Sizes" aside={<span className="quiet small">pixels</span>}>
        <table className={styles.stages}>
          <thead>
            <tr>
              <th scope="col">Edge</th>
              <th scope="col" className="number">
                p10
              </th>
              <th scope="col" className="number">
                median
              </th>
              <th scope="col" className="number">
                p90
              </th>
            </tr>
          </thead>
          <tbody>
            {(
              [
                ['Width', width],
                ['Height', height],
              ] as const
            ).map(([edge, spread]) => (
              <tr key={edge}>
                <th scope="row">{edge}</th>
                {[spread?.p10, spread?.p50, spread?.p90].map((pixels, i) => (
                  <td key={i} className="number">
                    {count(pixels == null ? null : Math.round(pixels))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  );
}

function Stages({ latency }: { latency: VersionSnapshot['latency_ms'] }) {
  const rows = [...STAGES, 'total'].filter((stage) => stage in latency);
  return (
    <table className={styles.stages}>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col" className="number">
            p50
          </th>
          <th scope="col" className="number">
            p95
          </th>
          <th scope="col" className="number">
            p99
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((stage) => (
          <tr key={stage}>
            <th scope="row">{stage === 'total' ? 'Total' : <StageKey stage={stage} />}</th>
            {(['p50', 'p95', 'p99'] as const).map((quantile) => (
              <td key={quantile} className="number">
                {significant(latency[stage]?.[quantile])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
