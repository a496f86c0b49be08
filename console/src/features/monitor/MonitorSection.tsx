import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useMetrics } from './queries';
import type { Metrics, Model } from '../../api/types';
import { TimeChart } from '../../charts/TimeChart';
import type { Cursor } from '../../charts/TimeChart';
import { Panel } from '../../components/Panel';
import { versionColor } from '../../components/VersionMark';
import { Loading } from '../../components/Loading';
import { percent, percentage, significant } from '../../format';
import { MonitorDetails } from './MonitorDetails';
import styles from './MonitorSection.module.css';
import { seriesLines } from './seriesLines';

const TEN_MINUTES = 600_000;

/** The last ten minutes of rate, latency and confidence, and their distributions. */
export function MonitorSection({ model }: { model: Model }) {
  const metrics = useMetrics(model.name);
  if (!metrics.data) return <Loading error={metrics.error} what="the metrics" />;
  if (metrics.data.versions.length === 0) return <Quiet model={model} />;
  return <Live model={model} metrics={metrics.data} until={metrics.dataUpdatedAt} />;
}

function Live({ model, metrics, until }: { model: Model; metrics: Metrics; until: number }) {
  const [at, move] = useState<number | null>(null);
  const [chosen, choose] = useState<number | null>(null);
  const numbers = metrics.versions.map((version) => version.version);
  const number = [chosen, model.production, numbers[0]].find(
    (candidate) => candidate != null && numbers.includes(candidate),
  );
  const version = metrics.versions.find((candidate) => candidate.version === number);
  const lines = useMemo(() => seriesLines(metrics, until), [metrics, until]);
  const common = { span: [until - TEN_MINUTES, until] as const, cursor: { at, move } satisfies Cursor };
  if (!version) return null;
  return (
    <div className={styles.live}>
      <div className={styles.charts}>
        <TimeChart
          title="Requests per second"
          lines={lines.rate}
          format={(value) => value.toLocaleString('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}
          axis={{ from: 0 }}
          {...common}
        />
        <TimeChart
          title="Confidence"
          lines={lines.confidence}
          levels={metrics.versions.flatMap(({ version: v, confidence }) =>
            confidence.baseline == null
              ? []
              : [
                  {
                    label: metrics.versions.length > 1 ? `Baseline of ${v}` : 'Baseline',
                    value: confidence.baseline,
                    color: versionColor(v),
                  },
                ],
          )}
          format={(value) => percent(value)}
          tick={(value) => percentage(value * 100)}
          axis={{ cap: 1, minSpan: 0.1 }}
          {...common}
        />
      </div>
      <div className={styles.choice}>
        <h2>Version</h2>
        <SegmentedControl
          aria-label="Version shown below"
          data={numbers.map((candidate) => ({ value: String(candidate), label: `Version ${candidate}` }))}
          value={String(version.version)}
          onChange={(value) => choose(Number(value))}
        />
      </div>
      <div className={styles.charts}>
        <TimeChart
          title="Latency in ms"
          lines={lines.latency(version.version)}
          format={significant}
          axis={{ from: 0 }}
          {...common}
        />
      </div>
      <MonitorDetails version={version} />
    </div>
  );
}

function Quiet({ model }: { model: Model }) {
  return (
    <Panel title="No traffic yet">
      <p className="quiet">
        {model.production == null
          ? 'No version is in production. Promote one under Versions; its metrics appear here with the first request.'
          : `Version ${model.production} has no requests yet. Rate, latency and confidence appear here with the first request.`}
      </p>
    </Panel>
  );
}
