import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AuditEntry } from '../../api/types';
import { VersionMark } from '../../components/VersionMark';
import { Timestamp } from '../../components/Timestamp';
import { plainValue } from '../versions/settings';
import styles from './AuditSection.module.css';

const FIRST = 50;

/** Who changed what, when and why; the server only ever appends to it. */
export function AuditSection({ audit }: { audit: readonly AuditEntry[] }) {
  const [all, setAll] = useState(false);
  if (audit.length === 0) return <p className="quiet">No changes yet.</p>;
  return (
    <>
      <ol className={styles.trail} aria-label="Audit trail">
        {(all ? audit : audit.slice(0, FIRST)).map((entry, i) => (
          <li key={`${entry.at} ${i}`} className={styles.entry}>
            <Timestamp at={entry.at} exact />
            <div>
              <p className={styles.what}>
                <strong>{sentence(entry.action)}</strong>
                {entry.version != null && <VersionMark version={entry.version} word />}
                <Detail text={entry.detail} />
              </p>
              {entry.reason && <p className={styles.why}>{entry.reason}</p>}
            </div>
            <span className={styles.who}>{entry.who}</span>
          </li>
        ))}
      </ol>
      {!all && audit.length > FIRST && (
        <Button variant="default" mt={16} onClick={() => setAll(true)}>
          Show all {audit.length}
        </Button>
      )}
    </>
  );
}

/** What changed; a hash is cut, and whole in its title. */
function Detail({ text }: { text: string }) {
  return (
    <span className="quiet" title={text}>
      {plainValue(text)}
    </span>
  );
}

/** "set_canary" → "Set canary" */
const sentence = (action: string) => (action.charAt(0).toUpperCase() + action.slice(1)).replaceAll('_', ' ');
