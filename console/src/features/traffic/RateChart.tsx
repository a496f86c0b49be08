import { useMemo, useState } from 'react';
import type { LoggedTraffic } from '../../api/types';
import type { Line } from '../../charts/lines';
import { TimeChart } from '../../charts/TimeChart';
import { versionColor } from '../../components/VersionMark';
import { count, percent, percentage, short } from '../../format';
import styles from './Traffic.module.css';

const HOUR_MS = 3_600_000;

/** Predictions and confidence by day, or by hour up to 8 days. */
export function RateChart({ traffic }: { traffic: LoggedTraffic }) {
  const [at, move] = useState<number | null>(null);
  const step = traffic.hours * HOUR_MS;
  const lines = useMemo(() => trafficLines(traffic), [traffic]);
  const from = Math.floor(Date.parse(traffic.from) / step) * step;
  const common = { span: [from, Math.max(Date.parse(traffic.to), from + step)] as const, step, cursor: { at, move } };
  return (
    <div className={styles.charts}>
      <TimeChart
        title={traffic.hours === 1 ? 'Predictions per hour' : 'Predictions per day'}
        lines={lines.rate}
        format={(value) => count(value)}
        tick={(value) => short(value)}
        axis={{ from: 0, whole: true }}
        empty="no predictions in this time"
        {...common}
      />
      <TimeChart
        title="Mean confidence"
        lines={lines.confidence}
        format={(value) => percent(value)}
        tick={(value) => percentage(value * 100)}
        axis={{ cap: 1, minSpan: 0.1 }}
        empty="no confidence in this time"
        {...common}
      />
    </div>
  );
}

/** A line for each version. The stretch that is still filling is part of it: the log has no more. */
export function trafficLines({ series, hours, from, to }: LoggedTraffic): { rate: Line[]; confidence: Line[] } {
  const step = hours * HOUR_MS;
  const versions = [...new Set(series.map((point) => point.version ?? null))];
  const line = (version: number | null, points: Line['points']): Line => ({
    key: String(version),
    label: version === null ? 'No version' : `Version ${version}`,
    color: version === null ? 'var(--ink-4)' : versionColor(version),
    points,
  });
  const of = (version: number | null) => series.filter((point) => (point.version ?? null) === version);
  return {
    rate: versions.map((version) => line(version, withZeros(of(version), Date.parse(from), Date.parse(to), step))),
    confidence: versions
      .map((version) =>
        line(
          version,
          of(version).flatMap(({ time, mean_confidence: value }) =>
            value == null ? [] : [{ at: Date.parse(time), value }],
          ),
        ),
      )
      .filter(({ points }) => points.length > 0),
  };
}

/** Stretches without predictions are not sent; a rate is zero in them, from the first prediction on. */
function withZeros(points: LoggedTraffic['series'], from: number, to: number, step: number): Line['points'] {
  const known = new Map(points.map((point) => [Date.parse(point.time), point.predictions]));
  const first = Math.max(Math.min(...known.keys()), Math.floor(from / step) * step);
  const stretches = Math.max(1, Math.ceil((to - first) / step));
  return Array.from({ length: stretches }, (_, i) => {
    const at = first + i * step;
    return { at, value: known.get(at) ?? 0 };
  });
}
