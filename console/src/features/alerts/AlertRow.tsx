import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { RaisedAlert, Silence } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import { count, dayAndTime } from '../../format';
import { AlertHistory } from './AlertHistory';
import { evidencePage } from './alerts';
import styles from './Alerts.module.css';
import { useAcknowledge } from './queries';
import { SilenceDialog } from './SilenceDialog';

interface Props {
  alert: RaisedAlert;
  /** What holds it back. */
  silence: Silence | undefined;
}

const TONES: Record<RaisedAlert['status']['state'], Tone> = { raised: 'bad', acknowledged: 'spot', resolved: 'good' };

/** One alert, with what can be done about it. */
export function AlertRow({ alert, silence }: Props) {
  const [asking, setAsking] = useState<'acknowledge' | 'silence' | null>(null);
  const [open, setOpen] = useState(false);
  const { id, subject, status, title, detail, raises } = alert;
  const page = evidencePage(alert.evidence);
  const history = `alert-${id}`;
  const close = () => setAsking(null);
  return (
    <li className={styles.alert} data-state={status.state} data-severity={subject.severity} data-testid={`alert-${id}`}>
      <span className={styles.sign} aria-hidden="true" />
      <div className={styles.words}>
        <h3 className={styles.title}>{title}</h3>
        <p className={styles.detail}>{detail}</p>
        <p className={styles.facts}>
          <Tag tone={TONES[status.state]}>{status.state}</Tag>
          <Tag tone="bare">{subject.severity}</Tag>
          {raises > 1 && <Tag tone="bare">began {count(raises)} times</Tag>}
          {silence && <Tag>silenced until {dayAndTime(silence.until)}</Tag>}
          {status.by != null && (
            <span className="quiet small">
              {status.by} has taken it up{status.note != null && `: ${status.note}`}
            </span>
          )}
        </p>
      </div>
      <Timestamp at={status.since} className={styles.time} />
      <div className={styles.actions}>
        {page != null && (
          <Button component={Link} to={page} variant="default" aria-label={`Show the evidence: ${title}`}>
            Evidence
          </Button>
        )}
        {status.state === 'raised' && (
          <Button variant="default" aria-label={`Acknowledge: ${title}`} onClick={() => setAsking('acknowledge')}>
            Acknowledge
          </Button>
        )}
        {status.state !== 'resolved' && (
          <Button variant="subtle" aria-label={`Silence: ${title}`} onClick={() => setAsking('silence')}>
            Silence
          </Button>
        )}
        <Button
          variant="subtle"
          aria-label={`History: ${title}`}
          aria-expanded={open}
          aria-controls={history}
          onClick={() => setOpen(!open)}
        >
          History
        </Button>
      </div>
      <div id={history} className={styles.history}>
        {open && <AlertHistory id={id} />}
      </div>
      {asking === 'acknowledge' && <AcknowledgeDialog alert={alert} onClose={close} />}
      {asking === 'silence' && <SilenceDialog alert={alert} onClose={close} />}
    </li>
  );
}

function AcknowledgeDialog({ alert, onClose }: { alert: RaisedAlert; onClose: () => void }) {
  const acknowledge = useAcknowledge(alert.id);
  return (
    <ReasonDialog
      title="Acknowledge the alert"
      confirm="Acknowledge"
      label="Note"
      description="Kept with the alert, and sent to the receivers."
      placeholder="e.g. the light over line 3 is being replaced"
      optional
      act={(note) => acknowledge.mutateAsync(note)}
      onClose={onClose}
    >
      {alert.title}. You take it up: it is not sent again while it holds.
    </ReasonDialog>
  );
}
