import type { VersionTraffic } from '../../api/types';
import { Panel } from '../../components/Panel';
import { VersionMark } from '../../components/VersionMark';
import { count, milliseconds, percent, significant } from '../../format';
import styles from './Traffic.module.css';

/** What each version predicted. */
export function VersionsTable({ versions, total }: { versions: readonly VersionTraffic[]; total: number }) {
  return (
    <Panel title="Versions">
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Versions, scrolls sideways">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col" className="number">
                Predictions
              </th>
              <th scope="col" className="number">
                Share
              </th>
              <th scope="col" className="number">
                From cache
              </th>
              <th scope="col" className="number">
                Confidence
              </th>
              <th scope="col" className="number">
                Latency p50, p99
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.version ?? 'none'}>
                <th scope="row">
                  {version.version == null ? (
                    'none: remote or fallback'
                  ) : (
                    <VersionMark version={version.version} word />
                  )}
                </th>
                <td className="number">{count(version.predictions)}</td>
                <td className="number">{percent(version.predictions / total)}</td>
                <td className="number">{count(version.cached)}</td>
                <td className="number">{percent(version.confidence?.mean)}</td>
                <td className="number">
                  {significant(version.latency_ms.p50)}, {milliseconds(version.latency_ms.p99)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
