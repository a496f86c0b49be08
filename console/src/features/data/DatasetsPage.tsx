import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Dataset } from '../../api/datasets';
import { Loading } from '../../components/Loading';
import { Logo } from '../../components/Logo';
import { count, listing, percent, plural, taskWords } from '../../format';
import { useTitle } from '../../hooks';
import { CreateDatasetDialog } from './CreateDatasetDialog';
import { useDatasets } from './queries';
import rows from '../../components/RowList.module.css';
import styles from './DatasetsPage.module.css';

/** All data sets at a glance. */
export function DatasetsPage() {
  const datasets = useDatasets();
  const [creating, setCreating] = useState(false);
  useTitle('Data');
  if (!datasets.data) return <Loading error={datasets.error} what="the data sets" />;
  const list = datasets.data.datasets;
  return (
    <>
      <div className={rows.head}>
        <h1>Data sets</h1>
        <Button variant="default" onClick={() => setCreating(true)}>
          Create a data set
        </Button>
      </div>
      {list.length === 0 ? (
        <NoDatasets />
      ) : (
        <div className={`${rows.table} ${styles.datasets}`}>
          <div className={rows.columns} aria-hidden="true">
            <span>Name</span>
            <span>Labelled</span>
            <span>Version</span>
            <span />
          </div>
          <ul aria-label="Data sets">
            {list.map((dataset) => (
              <Row key={dataset.name} dataset={dataset} />
            ))}
          </ul>
        </div>
      )}
      {creating && <CreateDatasetDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function Row({ dataset: { name, task, classes, items, labelled, version } }: { dataset: Dataset }) {
  const address = `/datasets/${encodeURIComponent(name)}`;
  const share = items === 0 ? 0 : labelled / items;
  return (
    <li className={rows.row} data-testid={`dataset-${name}`}>
      <div className={rows.name}>
        <Link to={address}>{name}</Link>
        <span className={rows.labels}>
          {taskWords(task)}
          {classes.length > 0 &&
            ` of ${listing(
              classes.map((each) => each.name),
              4,
            )}`}
        </span>
      </div>
      <div className={styles.share}>
        <span>
          {count(labelled)} of {plural(items, 'image')}, {percent(share, 0)}
        </span>
        <span className={styles.axis} aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      </div>
      <div className={styles.version}>
        {version ? <code>{version.id.slice(0, 10)}</code> : <span className="quiet">none yet</span>}
      </div>
      <div className={styles.actions}>
        <Button component={Link} to={`${address}/label`} variant="default" aria-label={`Label ${name}`}>
          Label
        </Button>
      </div>
    </li>
  );
}

function NoDatasets() {
  return (
    <section className={rows.nothing}>
      <Logo size={56} />
      <h2>No data sets yet</h2>
      <p>Create one here, or from a folder of images:</p>
      <pre className={rows.command}>
        {'fovea data create shirts --task classification\nfovea data add shirts FOLDER'}
      </pre>
    </section>
  );
}
