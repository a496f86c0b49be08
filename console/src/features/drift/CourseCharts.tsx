import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DriftCourse, MeasureCourse, VersionDrift } from '../../api/types';
import type { Line } from '../../charts/lines';
import { TimeChart } from '../../charts/TimeChart';
import type { Cursor } from '../../charts/TimeChart';
import { Loading } from '../../components/Loading';
import { MoreRows } from '../../components/MoreRows';
import { Panel } from '../../components/Panel';
import styles from './Drift.module.css';
import { useDriftCourse } from './queries';
import { inOrder, isShare, plainMeasure, roundMeasure, shownName, unusual } from './words';

const FIRST = 9;
const MINUTE_MS = 60_000;

const SPANS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
];

/** Each measure over time against the values that it has in quiet traffic, the most unusual first. */
export function CourseCharts({ model, version }: { model: string; version: VersionDrift }) {
  const [days, setDays] = useState('30');
  const course = useDriftCourse(model, version.version, Number(days));
  return (
    <Panel
      title="Over time"
      aside={<SegmentedControl aria-label="Time shown" data={SPANS} value={days} onChange={setDays} />}
      note={`The band holds 95 % of the blocks of quiet traffic. ${version.alarm ? 'The dotted line is the change; what it changed comes first, in orange.' : 'The most unusual measures come first.'}`}
    >
      {course.data ? (
        <Charts course={course.data} alarm={version.alarm} />
      ) : (
        <Loading error={course.error} what="the measures" />
      )}
    </Panel>
  );
}

function Charts({ course, alarm }: { course: DriftCourse; alarm: VersionDrift['alarm'] }) {
  const [at, move] = useState<number | null>(null);
  const times = useMemo(() => course.times.map((time) => Date.parse(time)), [course]);
  const found = useMemo(() => (alarm?.findings ?? []).map((finding) => finding.name), [alarm]);
  const measures = useMemo(() => inOrder(course.measures, found), [course, found]);
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined)
    return (
      <p className="quiet">
        No block of traffic is complete in this time: a block has 25 images and spans 10 minutes at least.
      </p>
    );
  const step = course.step_minutes * MINUTE_MS;
  return (
    <MoreRows rows={measures} first={FIRST} what="measures">
      {(shown) => (
        <div className={styles.multiples}>
          {shown.map((measure) => (
            <MeasureChart
              key={measure.name}
              measure={measure}
              times={times}
              span={[first, Math.max(last, first + step)]}
              step={step}
              since={alarm?.since}
              isFound={found.includes(measure.name)}
              cursor={{ at, move }}
            />
          ))}
        </div>
      )}
    </MoreRows>
  );
}

interface ChartProps {
  measure: MeasureCourse;
  times: readonly number[];
  span: readonly [number, number];
  step: number;
  since: string | undefined;
  /** Whether the alarm names it. */
  isFound: boolean;
  cursor: Cursor;
}

function MeasureChart({ measure, times, span, step, since, isFound, cursor }: ChartProps) {
  const { name, unit, quiet } = measure;
  const line: Line = {
    key: name,
    label: shownName(name),
    color: isFound || unusual(measure) > 1 ? 'var(--data-2)' : 'var(--data-1)',
    points: times.flatMap((at, i) => {
      const value = measure.values[i];
      return value == null ? [] : [{ at, value }];
    }),
  };
  const show = (value: number) => plainMeasure(value, unit);
  return (
    <TimeChart
      small
      title={shownName(name)}
      lines={[line]}
      range={quiet ? { label: 'usually', low: quiet.low, high: quiet.high } : undefined}
      moments={since === undefined ? [] : [{ at: Date.parse(since), label: 'change' }]}
      span={span}
      step={step}
      gap={gapOf(times, step)}
      format={show}
      tick={(value, apart) => roundMeasure(value, unit, apart)}
      axis={isShare(unit) ? { cap: 1, minSpan: Math.min(0.02, 4 * (quiet?.high ?? 1)) } : { minSpan: leastSpan(line) }}
      cursor={cursor}
      empty="no values"
    />
  );
}

/** A hundredth of a measure's size: less fills no chart, so that noise does not look like news. */
const leastSpan = ({ points }: Line) =>
  Math.max(1e-6, 0.01 * Math.max(0, ...points.map(({ value }) => Math.abs(value))));

/** Sparse traffic has a point now and then; a line breaks at what is long even for it. */
function gapOf(times: readonly number[], step: number): number {
  const apart = times
    .slice(1)
    .map((time, i) => time - (times[i] ?? time))
    .sort((a, b) => a - b);
  return 2.5 * Math.max(step, apart[Math.floor(apart.length / 2)] ?? step);
}
