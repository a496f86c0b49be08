import { useSearchParams } from 'react-router';
import type { LoggedTraffic, Model } from '../../api/types';
import { ShareBars, topShares } from '../../charts/ShareBars';
import { KeyFigures } from '../../components/Facts';
import type { Fact } from '../../components/Facts';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { count, percent, plural } from '../../format';
import { useNow } from '../../hooks';
import { FilterBar } from './FilterBar';
import { addressOf, filterOf, isTag, queryOf } from './filters';
import type { TrafficFilter } from './filters';
import { LatestPredictions } from './LatestPredictions';
import { useTraffic } from './queries';
import { RateChart } from './RateChart';
import styles from './Traffic.module.css';
import { VersionsTable } from './VersionsTable';

/** What came in over days or months, as the prediction log has it; the address holds the filter. */
export function TrafficSection({ model }: { model: Model }) {
  const [parameters, setParameters] = useSearchParams();
  const filter = filterOf(parameters);
  return (
    <div className={styles.section}>
      <FilterBar
        key={addressOf(filter).toString()}
        model={model}
        filter={filter}
        onFilter={(next) => setParameters(addressOf(next), { replace: true })}
      />
      {isTag(filter.tag) && <Filtered model={model} filter={filter} />}
    </div>
  );
}

function Filtered({ model, filter }: { model: Model; filter: TrafficFilter }) {
  const query = queryOf(filter, useNow()).toString();
  const traffic = useTraffic(model.name, query);
  if (!traffic.data) return <Loading error={traffic.error} what="the traffic" />;
  return (
    <>
      {traffic.error && <Loading error={traffic.error} what="the traffic" />}
      {traffic.data.losses && <Losses losses={traffic.data.losses} />}
      {traffic.data.predictions === 0 ? (
        <Panel title="No predictions">
          <p className="quiet">
            The log has no predictions like these in the last {filter.days === 1 ? 'day' : `${filter.days} days`}.
          </p>
        </Panel>
      ) : (
        <Figures traffic={traffic.data} days={filter.days} />
      )}
      <LatestPredictions model={model.name} query={query} />
    </>
  );
}

/** Days in UTC with a prediction; a day without any is no part of what a usual one has. */
export const daysWithTraffic = ({ series }: Pick<LoggedTraffic, 'series'>): number =>
  Math.max(1, new Set(series.filter((point) => point.predictions > 0).map(({ time }) => time.slice(0, 10))).size);

function Figures({ traffic, days }: { traffic: LoggedTraffic; days: number }) {
  const sum = (pick: (version: LoggedTraffic['versions'][number]) => number) =>
    traffic.versions.reduce((total, version) => total + pick(version), 0);
  /** Nothing of models without a cascade or a fallback. */
  const share = (name: string, pick: (version: LoggedTraffic['versions'][number]) => number): Fact[] =>
    sum(pick) === 0 ? [] : [[name, percent(sum(pick) / traffic.predictions)]];
  const active = daysWithTraffic(traffic);
  const labels: Record<string, number> = {};
  for (const version of traffic.versions)
    for (const { label, count: many } of version.labels) labels[label] = (labels[label] ?? 0) + many;
  return (
    <>
      <KeyFigures
        facts={[
          ['Predictions', count(traffic.predictions)],
          [
            'A day with traffic',
            <>
              {count(Math.round(traffic.predictions / active))}{' '}
              <span className="quiet small">
                {active} of {plural(days, 'day')}
              </span>
            </>,
          ],
          ['From cache', percent(sum((version) => version.cached) / traffic.predictions)],
          ...share('Escalated', (version) => version.escalated),
          ...share('By fallback', (version) => version.fallbacks),
        ]}
      />
      <RateChart traffic={traffic} />
      <VersionsTable versions={traffic.versions} total={traffic.predictions} />
      {Object.keys(labels).length > 0 && (
        <Panel title="Predicted labels" aside={<span className="quiet small">of all versions shown</span>}>
          <ShareBars
            label="Predicted labels"
            shares={topShares(labels, 20, (many, share) => `${count(many)}, ${percent(share)}`)}
          />
        </Panel>
      )}
    </>
  );
}

/** What is missing from the log; nothing where nothing is. */
function Losses({ losses }: { losses: NonNullable<LoggedTraffic['losses']> }) {
  const missing = losses.dropped + losses.lost;
  if (missing === 0 && losses.problem == null) return null;
  return (
    <div className={styles.losses} role="status" data-testid="losses">
      <p>
        <strong>{missing > 0 ? `${count(missing)} predictions are missing` : 'The log cannot be written'}</strong> from
        the log since this server started: {count(losses.dropped)} came faster than they could be taken in,{' '}
        {count(losses.lost)} could not be written. They are missing from all figures here; callers got their responses.
      </p>
      {losses.problem != null && <p>{losses.problem}</p>}
    </div>
  );
}
