import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { RaisedAlert, Silence } from '../../api/types';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../components/Tag';
import { Timestamp } from '../../components/Timestamp';
import { count, dayAndTime } from '../../format';
import { AcknowledgeDialog } from './AcknowledgeDialog';
import { AlertHistory } from './AlertHistory';
import { evidencePage } from './alerts';
import styles from './Alerts.module.css';
import { SilenceDialog } from './SilenceDialog';

interface Props {
  alert: RaisedAlert;
  /** Whether its group does not say which model it is about. */
  withModel: boolean;
  /** What holds it back. */
  silence: Silence | undefined;
}

/** The colour is the severity's; the state is said in words, and as a colour only when all is over. */
const TONES: Record<RaisedAlert['subject']['severity'], Tone> = { critical: 'alarm', warning: 'spot', info: 'data' };

/** One alert, with what can be done about it. */
export function AlertRow({ alert, silence, withModel }: Props) {
  const [asking, setAsking] = useState<'acknowledge' | 'silence' | null>(null);
  const [open, setOpen] = useState(false);
  const { id, subject, status, title, detail, raises } = alert;
  const page = evidencePage(alert.evidence);
  const history = `alert-${id}`;
  const close = () => setAsking(null);
  return (
    <li
      className={styles.alert}
      data-alert
      data-state={status.state}
      data-severity={subject.severity}
      data-testid={`alert-${id}`}
    >
      <span className={styles.sign} aria-hidden="true" />
      <div className={styles.words}>
        <h3 className={styles.title}>{title}</h3>
        <p className={styles.detail}>{detail}</p>
        <p className={styles.facts}>
          <Tag tone={status.state === 'resolved' ? 'plain' : TONES[subject.severity]}>{subject.severity}</Tag>
          <Tag tone={status.state === 'resolved' ? 'good' : 'plain'}>{status.state}</Tag>
          {withModel && subject.model != null && <Tag>{subject.model}</Tag>}
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
          <Button
            component={Link}
            to={page}
            variant="default"
            data-act="evidence"
            aria-label={`Show the evidence: ${title}`}
          >
            Evidence
          </Button>
        )}
        {status.state === 'raised' && (
          <Button
            variant="default"
            data-act="acknowledge"
            aria-label={`Acknowledge: ${title}`}
            onClick={() => setAsking('acknowledge')}
          >
            Acknowledge
          </Button>
        )}
        {status.state !== 'resolved' && (
          <Button
            variant="subtle"
            data-act="silence"
            aria-label={`Silence: ${title}`}
            onClick={() => setAsking('silence')}
          >
            Silence
          </Button>
        )}
        <Button
          variant="subtle"
          data-act="history"
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
      {asking === 'acknowledge' && <AcknowledgeDialog alerts={[alert]} onClose={close} />}
      {asking === 'silence' && <SilenceDialog alert={alert} onClose={close} />}
    </li>
  );
}
