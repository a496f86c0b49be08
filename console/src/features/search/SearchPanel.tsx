import type { CandidateRow, SearchRecord } from '../../api/types';
import { TradeOffChart } from '../../charts/TradeOffChart';
import type { TradeOff } from '../../charts/TradeOffChart';
import { Table } from '../../components/Table';
import { bytes, capital, milliseconds, plain, THIN } from '../../format';
import { costLimit, judged, tradeOffs } from './candidates';
import styles from './Search.module.css';

const tickMillis = (value: number): string => `${plain(value, 2)}${THIN}ms`;

interface Props {
  search: SearchRecord;
}

/** A search for the smallest model that clears a bar: the verdict, the candidates as charts, then as a table. */
export function SearchPanel({ search }: Props) {
  const rows = judged(search);
  const quality = rows[0]?.conditions[0];
  return (
    <div className={styles.search}>
      {search.sentences.map((sentence, i) => (
        <p key={sentence} className={i === 0 ? styles.verdict : 'small'}>
          {sentence}
        </p>
      ))}
      {quality && (
        <>
          <div className={styles.charts}>
            <Chart
              title={`${capital(quality.subject)} against size`}
              points={tradeOffs(search, (row) => row.cost.bytes)}
              search={search}
              subject="size"
              cost={bytes}
            />
            <Chart
              title={`${capital(quality.subject)} against time per image`}
              points={tradeOffs(search, (row) => row.cost.latency?.p50_ms ?? null)}
              search={search}
              subject="p50"
              cost={tickMillis}
            />
          </div>
          <ul className={styles.legend}>
            <li>
              <Mark cleared front /> clears the bar
            </li>
            <li>
              <Mark front /> does not
            </li>
            <li>
              <Mark /> another one is more accurate, smaller and faster
            </li>
            {search.winner != null && (
              <li>
                <Mark cleared front chosen /> chosen
              </li>
            )}
            <li>Lines are intervals whose lower ends hold together with 95 % confidence.</li>
          </ul>
          <Table
            label="Candidates"
            rows={rows}
            keyOf={(row) => row.name}
            columns={[
              {
                title: 'Candidate',
                cell: (row) => <Name row={row} shown={search.winner ?? search.best?.name ?? null} />,
              },
              { title: capital(quality.subject), number: true, cell: (row) => <Quality row={row} /> },
              { title: 'Size', number: true, cell: (row) => bytes(row.cost.bytes) },
              { title: 'p50', number: true, cell: (row) => milliseconds(row.cost.latency?.p50_ms) },
              { title: 'p99', number: true, cell: (row) => milliseconds(row.cost.latency?.p99_ms) },
              {
                title: 'Front',
                cell: (row) => (row.front ? 'yes' : ''),
                hint: 'No other candidate is more accurate, smaller and faster',
              },
              { title: 'Clears', cell: (row) => (row.cleared ? 'yes' : 'no'), hint: 'All conditions are met' },
            ]}
          />
        </>
      )}
    </div>
  );
}

interface ChartProps {
  title: string;
  points: readonly TradeOff[];
  search: SearchRecord;
  subject: string;
  cost: (value: number) => string;
}

function Chart({ title, points, search, subject, cost }: ChartProps) {
  const quality = judged(search)[0]?.conditions[0];
  if (!quality || points.length === 0) return null;
  return (
    <TradeOffChart
      title={title}
      points={points}
      limit={{ value: quality.limit, label: quality.condition.replace('>=', '≥') }}
      most={costLimit(search, subject)}
      cost={cost}
      value={(value) => value.toFixed(3)}
    />
  );
}

/** The chosen candidate, or the best where none is good enough, stands out. */
function Name({ row, shown }: { row: CandidateRow; shown: string | null }) {
  return <span title={row.reason}>{row.name === shown ? <b>{row.name}</b> : row.name}</span>;
}

function Quality({ row }: { row: CandidateRow }) {
  const condition = row.conditions[0];
  return condition?.value == null ? null : (
    <span>
      {condition.value.toFixed(3)}{' '}
      <span className="quiet">
        ({(condition.low ?? 0).toFixed(3)}–{(condition.high ?? 1).toFixed(3)})
      </span>
    </span>
  );
}

function Mark({ cleared = false, front = false, chosen = false }) {
  return (
    <svg width="20" height="20" aria-hidden="true" className={styles.mark} data-cleared={cleared || undefined}>
      {chosen && <circle cx="10" cy="10" r="8.5" className={styles.ring} />}
      <circle cx="10" cy="10" r="4.5" fill={front ? 'currentcolor' : 'none'} stroke="currentcolor" strokeWidth="1.75" />
    </svg>
  );
}
