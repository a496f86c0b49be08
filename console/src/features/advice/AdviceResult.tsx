import type { ReactNode } from 'react';
import type { AdvisedWay, Advice } from '../../api/types';
import { CurveChart } from '../../charts/CurveChart';
import { Panel } from '../../components/Panel';
import { Table } from '../../components/Table';
import type { Column } from '../../components/Table';
import { Verdict } from '../../components/Verdict';
import { capital, count } from '../../format';
import { costLines } from './advice';
import styles from './Advice.module.css';

const CRITERIA = ['accuracy', 'time', 'cost', 'control', 'effort'] as const;

const money = (value: number): string => count(Math.round(value));

/** What the advice says, the recommendation first. */
export function AdviceResult({ advice }: { advice: Advice }) {
  const open = advice.ways.filter((way) => way.ruled_out.length === 0);
  const out = advice.ways.filter((way) => way.ruled_out.length > 0);
  const { costs } = advice;
  return (
    <>
      <Verdict tone={open.length > 0 ? 'good' : 'warn'} title={advice.recommendation}>
        {advice.move != null && <p>{advice.move}</p>}
      </Verdict>
      <Panel
        title="Ways"
        note="Scores are from 0 to 1, and the total is their mean by weight. The rules behind them are in the documentation."
      >
        <Table label="Ways" rows={open} keyOf={(way) => way.way} columns={wayColumns(advice)} />
        {out.length > 0 && (
          <Sentences title="Ruled out">
            {out.map((way) => (
              <li key={way.way}>
                <b>{capital(way.title)}:</b> {way.ruled_out.join(' ')}
              </li>
            ))}
          </Sentences>
        )}
        <Sentences title="Evidence">
          {open.some((way) => way.evidence != null) ? (
            advice.ways
              .filter((way) => way.evidence != null)
              .map((way) => (
                <li key={way.way}>
                  <b>{capital(way.title)}:</b> {way.evidence}
                </li>
              ))
          ) : (
            <li>
              Nothing was measured: scores of accuracy are a rule of thumb. <code>fovea advise --pilot</code> measures
              services and a linear probe on your own images.
            </li>
          )}
        </Sentences>
      </Panel>
      {costs.by_way.length > 0 && (
        <Panel title="Costs" note={`At ${count(costs.volume)} images a month, in the currency of the prices.`}>
          <CurveChart
            title="Total by the end of each month"
            lines={costLines(costs.by_way, costs.months, costs.volume)}
            span={[0, costs.months]}
            unit="month"
            format={money}
            tick={money}
            axis={{ from: 0 }}
            empty="No way is open"
          />
          <Table
            label="Costs"
            rows={costs.by_way}
            keyOf={(line) => line.way}
            columns={[
              { title: 'Way', cell: (line) => capital(line.title) },
              { title: 'Once', number: true, cell: (line) => money(line.setup) },
              { title: 'Each month', number: true, cell: (line) => money(line.per_month) },
              { title: '1,000 images', number: true, cell: (line) => line.per_thousand.toFixed(3) },
              { title: `${costs.months} months`, number: true, cell: (line) => money(line.total) },
              { title: 'Ten times the images', number: true, cell: (line) => money(line.total_tenfold) },
            ]}
          />
          <Sentences title="Break-even">
            {costs.break_evens.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </Sentences>
        </Panel>
      )}
      {open.some((way) => way.risks.length > 0) && (
        <Panel title="Risks">
          <ul className={styles.sentences}>
            {open.flatMap((way) =>
              way.risks.map((risk) => (
                <li key={`${way.way} ${risk}`}>
                  <b>{capital(way.title)}:</b> {risk}
                </li>
              )),
            )}
          </ul>
        </Panel>
      )}
    </>
  );
}

const wayColumns = (advice: Advice): [Column<AdvisedWay>, ...Column<AdvisedWay>[]] => [
  { title: 'Way', cell: (way) => capital(way.title) },
  { title: 'Kind', cell: (way) => <span className="quiet">{way.sourcing}</span> },
  { title: 'Days', number: true, cell: (way) => Math.ceil(way.days), hint: 'Until it answers in production' },
  ...CRITERIA.map((criterion): Column<AdvisedWay> => ({
    title: `${capital(criterion)} × ${advice.weights[criterion] ?? 1}`,
    number: true,
    cell: (way) => <Score value={way.score.by_criterion[criterion] ?? 0} />,
  })),
  { title: 'Total', number: true, cell: (way) => <b>{way.score.total.toFixed(2)}</b> },
];

/** A score with a bar, so that a column is compared at a glance. */
function Score({ value }: { value: number }) {
  return (
    <span className={styles.score}>
      <span className={styles.bar} style={{ width: `${100 * value}%` }} />
      {value.toFixed(2)}
    </span>
  );
}

function Sentences({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.block}>
      <h3>{title}</h3>
      <ul className={styles.sentences}>{children}</ul>
    </div>
  );
}
