import { useState } from 'react';
import type { AccuracyCourse, Figure } from '../../api/types';
import type { Line } from '../../charts/lines';
import { DAY } from '../../charts/timeAxis';
import { TimeChart } from '../../charts/TimeChart';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { percent, percentage } from '../../format';
import { useAccuracyCourse } from './queries';

interface Props {
  model: string;
  version: number;
  days: number;
  evaluated: Figure | null;
}

/** Accuracy day by day: the estimate with its band, and what is known from labels with its intervals. */
export function AccuracyOverTime({ model, version, days, evaluated }: Props) {
  const course = useAccuracyCourse(model, version, days);
  return (
    <Panel title="Over time" note="Each day in UTC by its own predictions and labels, with its 95 % interval.">
      {course.data ? (
        <Chart course={course.data} evaluated={evaluated} now={course.dataUpdatedAt} />
      ) : (
        <Loading error={course.error} what="the days" />
      )}
    </Panel>
  );
}

interface ChartProps {
  course: AccuracyCourse;
  evaluated: Figure | null;
  now: number;
}

function Chart({ course, evaluated, now }: ChartProps) {
  const [at, move] = useState<number | null>(null);
  const lines = courseLines(course);
  return (
    <TimeChart
      title="Accuracy"
      lines={lines}
      levels={evaluated ? [{ label: 'Evaluation', value: evaluated.value, color: 'var(--ink-3)' }] : []}
      span={courseSpan(course, now)}
      step={DAY}
      format={(value) => percent(value)}
      tick={(value) => percentage(value * 100)}
      axis={{ cap: 1, minSpan: 0.1 }}
      cursor={{ at, move }}
      empty="too few predictions on each day for an estimate, and no labels"
    />
  );
}

const dayOf = (time: string) => Math.floor(Date.parse(time) / DAY) * DAY;

/** From half a day before the first point, or a day more where there is only one, until now. */
export function courseSpan({ days }: AccuracyCourse, now: number): [number, number] {
  const times = days.map((day) => dayOf(day.from));
  const first = times[0] ?? dayOf(new Date(now).toISOString());
  const last = times.at(-1) ?? first;
  return [Math.min(first, last - DAY) - DAY / 2, Math.max(last, now)];
}

/** The estimate as a line with a band, and the days with labels as points. */
export function courseLines({ days }: AccuracyCourse): Line[] {
  const estimated: Line = {
    key: 'estimated',
    label: 'Estimated',
    color: 'var(--data-1)',
    points: days.flatMap((day) => (day.estimated ? [{ at: dayOf(day.from), ...day.estimated }] : [])),
  };
  const known: Line = {
    key: 'known',
    label: 'Known from labels',
    color: 'var(--data-2)',
    dots: true,
    points: days.flatMap((day) => (day.known ? [{ at: dayOf(day.from), ...day.known.accuracy }] : [])),
  };
  return known.points.length > 0 ? [estimated, known] : [estimated];
}
