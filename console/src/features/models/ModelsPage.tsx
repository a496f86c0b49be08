import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useModels } from './queries';
import type { ModelSummary } from '../../api/types';
import { axisStart, IntervalBar, IntervalText } from '../../components/Interval';
import { Logo } from '../../components/Logo';
import { SplitTags } from '../../components/SplitTags';
import { Tag } from '../../components/Tag';
import { VersionMark } from '../../components/VersionMark';
import { Loading } from '../../components/Loading';
import { listing, percent, plural, rate, shareText, taskWords } from '../../format';
import { useTitle } from '../../hooks';
import rows from '../../components/RowList.module.css';
import styles from './ModelsPage.module.css';

/** All models at a glance. */
export function ModelsPage() {
  const models = useModels();
  useTitle('Models');
  if (!models.data) return <Loading error={models.error} what="the models" />;
  const list = models.data.models;
  if (list.length === 0) return <NoModels />;
  const from = axisStart(list.flatMap((model) => model.accuracy ?? []));
  return (
    <>
      <div className={rows.head}>
        <h1>Models</h1>
        <p className="quiet">
          {plural(list.length, 'model')}, {rate(list.reduce((sum, model) => sum + model.requests_per_second, 0))} in all
        </p>
        <Button component={Link} to="/train" variant="default">
          Train a model
        </Button>
      </div>
      <div className={`${rows.table} ${styles.models}`}>
        <div className={rows.columns} aria-hidden="true">
          <span>Name</span>
          <span>In production</span>
          <span className={styles.scale}>
            Accuracy in evaluation, with its 95 % interval{' '}
            <span>
              {percent(from, 0)} to {percent(1, 0)}
            </span>
          </span>
          <span className="number">Requests</span>
        </div>
        <ul aria-label="Models">
          {list.map((model) => (
            <ModelRow key={model.name} model={model} from={from} />
          ))}
        </ul>
      </div>
    </>
  );
}

function ModelRow({ model, from }: { model: ModelSummary; from: number }) {
  return (
    <li className={rows.row} data-testid={`model-${model.name}`}>
      <div className={rows.name}>
        <Link to={`/models/${encodeURIComponent(model.name)}`}>{model.name}</Link>
        <span className={rows.labels}>
          {model.labels.length > 0 ? listing(model.labels, 4) : taskWords(model.task)}
        </span>
      </div>
      <div className={styles.versions}>
        {model.production == null ? (
          <span className="quiet">none</span>
        ) : (
          <VersionMark version={model.production} word />
        )}
        <span className="quiet"> of {model.versions}</span>
        {model.canary && <Tag tone="spot">canary {shareText(model.canary)}</Tag>}
        {model.split.length > 0 && (
          <>
            <span className="quiet">experiment</span> <SplitTags shares={model.split} />
          </>
        )}
      </div>
      <div className={styles.accuracy}>
        <IntervalText figure={model.accuracy} />
        {model.accuracy && <IntervalBar figure={model.accuracy} from={from} />}
      </div>
      <div className={styles.rate}>{rate(model.requests_per_second)}</div>
      {model.alert && (
        <p className={styles.alert} title={model.alert.message}>
          <Tag tone="bad">Alert</Tag> {model.alert.message}
        </p>
      )}
    </li>
  );
}

function NoModels() {
  return (
    <section className={rows.nothing}>
      <Logo size={56} />
      <h1>No models yet</h1>
      <p>Put images into one folder per class, then train the first model from them:</p>
      <pre className={rows.command}>fovea train FOLDER --name shirts</pre>
      <Button component={Link} to="/train">
        Train a model here
      </Button>
      <p className="quiet">
        It appears here as soon as it is registered. An existing network comes in with{' '}
        <code>fovea import MODEL.onnx</code>.
      </p>
    </section>
  );
}
