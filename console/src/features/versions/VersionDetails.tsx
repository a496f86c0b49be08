import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useVersion } from './queries';
import type { Version } from '../../api/types';
import { Facts } from '../../components/Facts';
import type { Fact } from '../../components/Facts';
import { Loading } from '../../components/Loading';
import { dateTime, duration, listing, percent, shortHash, significant } from '../../format';
import { contractSteps } from './contractSteps';
import { QuantizationSummary } from '../quantize/QuantizationSummary';
import { SearchPanel } from '../search/SearchPanel';
import { settingFacts } from './settings';
import styles from './VersionDetails.module.css';

interface Props {
  name: string;
  version: number;
  /** What can be done to it, above all else. */
  children?: ReactNode;
}

/** The lineage of a version and its preprocessing contract. */
export function VersionDetails({ name, version: number, children }: Props) {
  const version = useVersion(name, number);
  if (!version.data)
    return (
      <div className={styles.details}>
        {children}
        <Loading error={version.error} what="the version" />
      </div>
    );
  const { contract } = version.data;
  return (
    <div className={styles.details}>
      {children}
      <section aria-label="Lineage">
        <h3>Lineage</h3>
        <Facts facts={lineage(version.data)} />
        {version.data.evaluation && (
          <p className="small">
            <Link to={`/models/${encodeURIComponent(name)}/evaluation?version=${number}`}>
              Evaluation of version {number}
            </Link>
          </p>
        )}
      </section>
      {version.data.tasks.length > 0 && (
        <section aria-label="Tasks">
          <h3>Tasks</h3>
          <Facts
            facts={version.data.tasks.map(({ task, labels, evaluation }) => [
              task,
              `${labels.join(', ')}${evaluation ? `; ${percent(evaluation.accuracy.value)} of the test images right` : ''}`,
            ])}
          />
          <p className="small">
            <Link to={`/models/${encodeURIComponent(name)}/evaluation?version=${number}`}>
              Evaluations of version {number}
            </Link>
          </p>
        </section>
      )}
      <section aria-label="Preprocessing contract">
        <h3>Preprocessing contract</h3>
        {contract == null ? (
          <p className="quiet">This version takes tensors and has no preprocessing contract.</p>
        ) : (
          <>
            <ol className={styles.steps}>
              {contractSteps(contract).map(([step, value]) => (
                <li key={step}>
                  <span>{step}</span> {value}
                </li>
              ))}
              <li>
                <span>Input</span> {version.data.input}
              </li>
            </ol>
            <details className={styles.raw}>
              <summary>Contract as JSON</summary>
              <pre tabIndex={0}>{JSON.stringify(contract, null, 2)}</pre>
            </details>
          </>
        )}
      </section>
      {version.data.quantization && (
        <QuantizationSummary name={name} version={number} report={version.data.quantization} />
      )}
      {version.data.lineage.search && (
        <section aria-label="Search" className={styles.wide}>
          <h3>Search</h3>
          <SearchPanel search={version.data.lineage.search} />
        </section>
      )}
    </div>
  );
}

function lineage({ lineage: from, temperature, labels, created_at }: Version): Fact[] {
  const facts: (Fact | null)[] = [
    ['Registered', dateTime(created_at)],
    from.dataset == null
      ? null
      : [
          'Dataset',
          <code key="d" title={from.dataset}>
            {from.dataset.includes('@') ? from.dataset : shortHash(from.dataset)}
          </code>,
        ],
    from.parent == null ? null : ['Parent', from.parent],
    labels.length === 0 ? null : ['Labels', listing(labels, 12)],
    from.training_seconds === 0 ? null : ['Training time', duration(from.training_seconds)],
    ['Machine', from.machine],
    ['Fovea', from.code_version],
    temperature == null ? null : ['Temperature', significant(temperature)],
    ...settingFacts(from.settings),
  ];
  return facts.filter((fact) => fact != null);
}
