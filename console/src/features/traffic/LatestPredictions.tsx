import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LoggedPrediction } from '../../api/types';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import { VersionMark } from '../../components/VersionMark';
import { milliseconds, percent, plural } from '../../format';
import { usePredictions } from './queries';
import styles from './Traffic.module.css';

const FIRST = 20;
const MORE = 200;
const NAMED = 3;

/** The newest predictions that the filter takes. */
export function LatestPredictions({ model, query }: { model: string; query: string }) {
  const [limit, setLimit] = useState(FIRST);
  const latest = usePredictions(model, query, limit);
  if (!latest.data) return <Loading error={latest.error} what="the newest predictions" />;
  const { predictions } = latest.data;
  if (predictions.length === 0) return null;
  return (
    <Panel title="Latest predictions">
      <ul className={styles.predictions} aria-label="Latest predictions">
        {predictions.map((prediction) => (
          <li
            key={`${prediction.request_id} ${prediction.version ?? ''} ${prediction.time}`}
            className={styles.prediction}
          >
            <Prediction prediction={prediction} />
          </li>
        ))}
      </ul>
      {predictions.length === limit && limit < MORE && (
        <Button variant="subtle" mt={8} onClick={() => setLimit(MORE)}>
          Show more
        </Button>
      )}
    </Panel>
  );
}

function Prediction({ prediction }: { prediction: LoggedPrediction }) {
  const { request, routing, version } = prediction;
  return (
    <>
      <Timestamp at={prediction.time} exact />
      <span className={styles.output}>{outputText(prediction)}</span>
      <span>
        {version == null ? <span className="quiet">no version</span> : <VersionMark version={version} word />}
      </span>
      <span className="number">{milliseconds(prediction.total_ms)}</span>
      <span className={styles.marks}>
        {routing.cache.endsWith('hit') && <Tag>cached</Tag>}
        {routing.role !== 'requested' && <Tag>{routing.role}</Tag>}
        {routing.error != null && <Tag tone="bad">{routing.error}</Tag>}
        {Object.entries(request.tags ?? {}).map(([name, value]) => (
          <Tag key={name} tone="data">
            {name}={value}
          </Tag>
        ))}
        {request.client != null && <span className="quiet small">{request.client}</span>}
        <code className="quiet small">{prediction.request_id}</code>
      </span>
    </>
  );
}

/** "hole 93 %", "3 objects: hole, tear" */
export function outputText({ output }: LoggedPrediction): string {
  const { labels, objects } = output;
  const first = labels[0];
  if (objects != null) {
    const names = [...new Set(labels.map((label) => label.label))];
    return `${plural(objects, 'object')}${names.length > 0 ? `: ${names.slice(0, NAMED).join(', ')}` : ''}`;
  }
  if (!first) return 'no label';
  return first.score == null ? first.label : `${first.label} ${percent(first.score)}`;
}
