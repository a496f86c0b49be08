import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ObjectiveStatus, ServiceLevel } from '../../api/types';
import type { Level, Line } from '../../charts/lines';
import { DAY } from '../../charts/timeAxis';
import { TimeChart } from '../../charts/TimeChart';
import { Panel } from '../../components/Panel';
import { count } from '../../format';
import { objectiveName, valueText } from './words';

const REQUESTS = 'requests';

/** The days of the month: of one objective with its target, or the requests. */
export function DaysPanel({ level }: { level: ServiceLevel }) {
  const charted = level.objectives.filter((each) => each.days.length > 0);
  const [wanted, want] = useState<string | null>(null);
  const [at, move] = useState<number | null>(null);
  const status =
    wanted === REQUESTS ? undefined : (charted.find((each) => each.objective.name === wanted) ?? charted[0]);
  const span = monthSpan(level.month);
  const shared = { span, step: DAY, cursor: { at, move }, empty: 'nothing is known of these days' };
  return (
    <Panel
      title="Day by day"
      aside={
        charted.length > 0 && (
          <NativeSelect
            aria-label="What the days show"
            value={status?.objective.name ?? REQUESTS}
            onChange={(event) => want(event.currentTarget.value)}
            data={[
              ...charted.map(({ objective }) => ({ value: objective.name, label: objectiveName(objective) })),
              { value: REQUESTS, label: 'Requests' },
            ]}
          />
        )
      }
      note="Days in UTC, each by its own requests."
    >
      {status ? (
        <TimeChart
          {...shared}
          title={objectiveName(status.objective)}
          lines={[objectiveLine(status)]}
          levels={[targetLevel(status)]}
          format={(value) => valueText(value, status.objective)}
          axis={status.objective.unit === '%' ? { cap: 100, minSpan: 0.1 } : { from: 0 }}
        />
      ) : (
        <TimeChart
          {...shared}
          title="Requests"
          lines={requestLines(level)}
          format={count}
          axis={{ from: 0, whole: true }}
        />
      )}
    </Panel>
  );
}

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`);

/** From half a day before the first of a month to half a day after its last. */
export function monthSpan(month: string): readonly [number, number] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const next = new Date(first);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return [first - DAY / 2, next.getTime() - DAY / 2];
}

const objectiveLine = ({ objective, days }: ObjectiveStatus): Line => ({
  key: objective.name,
  label: 'Day',
  color: 'var(--data-1)',
  points: days.map(({ date, value }) => ({ at: dayOf(date), value })),
});

const targetLevel = ({ objective }: ObjectiveStatus): Level => ({
  label: 'Target',
  value: objective.target,
  color: 'var(--bad)',
});

export const requestLines = ({ days }: ServiceLevel): Line[] => [
  {
    key: 'answers',
    label: 'Answers',
    color: 'var(--data-1)',
    points: days.map(({ date, counts }) => ({ at: dayOf(date), value: counts.answers })),
  },
  {
    key: 'failures',
    label: 'Failures',
    color: 'var(--bad)',
    points: days.map(({ date, counts }) => ({ at: dayOf(date), value: counts.failures })),
  },
];
