import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { MetricCurve, RunDetails } from '../../api/types';
import { CurveChart } from '../../charts/CurveChart';
import type { Line, ValueAxis } from '../../charts/lines';
import { percent, plain, significant } from '../../format';
import { curveOf } from './runs';
import type { Axis } from './runs';
import styles from './Training.module.css';

/** A run with the name that it has beside others. */
export interface NamedRun {
  name: string;
  details: RunDetails;
}

interface Chart {
  title: string;
  /** Metrics with what they are called where a chart has several. */
  metrics: readonly (readonly [metric: string, label: string])[];
  format: (value: number) => string;
  tick?: (value: number, apart: number) => string;
  axis?: ValueAxis;
}

const CHARTS: readonly Chart[] = [
  {
    title: 'Validation accuracy',
    metrics: [['val_accuracy', 'validation']],
    format: (value) => percent(value),
    tick: (value) => percent(value, 0),
    axis: { cap: 1, minSpan: 0.1 },
  },
  {
    title: 'Loss',
    metrics: [
      ['train_loss', 'training'],
      ['val_loss', 'validation'],
    ],
    format: (value) => plain(value, 3),
    axis: { from: 0 },
  },
  {
    title: 'Learning rate',
    metrics: [['learning_rate', 'last layer']],
    format: (value) => String(Number(value.toPrecision(3))),
    axis: { from: 0, minSpan: 1e-9 },
  },
  {
    title: 'Images per second',
    metrics: [['images_per_second', 'training']],
    format: (value) => significant(value),
    axis: { from: 0 },
  },
];

const COLORS = ['var(--data-1)', 'var(--data-2)'];

const AXES: readonly { value: Axis; label: string }[] = [
  { value: 'step', label: 'Step' },
  { value: 'epoch', label: 'Epoch' },
  { value: 'seconds', label: 'Time' },
];

/** How runs learned, one above the other where there are two. */
export function RunCurves({ runs }: { runs: readonly NamedRun[] }) {
  const [axis, setAxis] = useState<Axis>('step');
  if (runs.every(({ details }) => details.curves.length === 0 && details.run.status.state !== 'running')) {
    return (
      <p className="quiet">
        No curve: nothing was learned step by step. A head and an anomaly detector are fitted at once.
      </p>
    );
  }
  const places = runs.flatMap(({ details }) =>
    details.curves.flatMap((curve) => curve.points.map((point) => point[axis])),
  );
  const span = places.length === 0 ? ([0, 1] as const) : ([Math.min(...places), Math.max(...places)] as const);
  return (
    <div className={styles.curves}>
      <div className={styles.axis}>
        <span id="curve-axis" className="quiet small">
          Horizontal axis
        </span>
        <SegmentedControl
          size="xs"
          aria-labelledby="curve-axis"
          value={axis}
          onChange={(value) => setAxis(value)}
          data={[...AXES]}
        />
      </div>
      <div className={styles.charts} data-testid="curves">
        {(runs.length === 1 ? CHARTS : CHARTS.flatMap(apart)).map((chart) => (
          <CurveChart
            key={chart.title}
            title={chart.title}
            unit={axis === 'seconds' ? 'second' : axis}
            lines={linesOf(chart, runs, axis)}
            span={span}
            format={chart.format}
            {...(chart.tick ? { tick: chart.tick } : {})}
            {...(chart.axis ? { axis: chart.axis } : {})}
            empty="no point yet"
          />
        ))}
      </div>
    </div>
  );
}

/** Beside another run, each metric has its chart, so that a colour means a run. */
const apart = (chart: Chart): Chart[] =>
  chart.metrics.length === 1
    ? [chart]
    : chart.metrics.map(([metric, label]) => ({
        ...chart,
        title: `${chart.title}, ${label}`,
        metrics: [[metric, label]],
      }));

function linesOf({ metrics }: Chart, runs: readonly NamedRun[], axis: Axis): Line[] {
  return runs.flatMap(({ name, details }, run) =>
    metrics.map(([metric, label], part) => ({
      key: `${name} ${metric}`,
      label: runs.length === 1 ? label : name,
      color: COLORS[run + part] ?? '',
      points: pointsOf(curveOf(details.curves, metric), axis),
    })),
  );
}

/** Of several points at one position, as of an epoch, the last counts. */
function pointsOf(curve: MetricCurve | undefined, axis: Axis) {
  const byPlace = new Map(curve?.points.map((point) => [point[axis], point.value]));
  return [...byPlace].map(([at, value]) => ({ at, value }));
}
