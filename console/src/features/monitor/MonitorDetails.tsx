import type { VersionSnapshot } from '../../api/types';
import { ShareBars, topShares } from '../../charts/ShareBars';
import { StageKey } from '../../charts/StageBar';
import { STAGES } from '../../charts/stages';
import { Facts } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
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
        <Table
          dense
          label="Sizes"
          rows={[
            { edge: 'Width', spread: width },
            { edge: 'Height', spread: height },
          ]}
          keyOf={({ edge }) => edge}
          columns={[
            { title: 'Edge', cell: ({ edge }) => edge },
            { title: 'p10', number: true, cell: ({ spread }) => pixels(spread?.p10) },
            { title: 'Median', number: true, cell: ({ spread }) => pixels(spread?.p50) },
            { title: 'p90', number: true, cell: ({ spread }) => pixels(spread?.p90) },
          ]}
        />
      </Panel>
    </div>
  );
}

const pixels = (value: number | undefined) => count(value === undefined ? null : Math.round(value));

function Stages({ latency }: { latency: VersionSnapshot['latency_ms'] }) {
  const value = (quantile: 'p50' | 'p95' | 'p99') => ({
    title: quantile,
    number: true,
    cell: (stage: string) => significant(latency[stage]?.[quantile]),
  });
  return (
    <Table
      dense
      label="Stages"
      rows={[...STAGES, 'total'].filter((stage) => stage in latency)}
      keyOf={(stage) => stage}
      columns={[
        { title: 'Stage', cell: (stage) => (stage === 'total' ? 'Total' : <StageKey stage={stage} />) },
        value('p50'),
        value('p95'),
        value('p99'),
      ]}
    />
  );
}
