import { Button } from '@mantine/core';
import { useState } from 'react';
import { AnnotatorDialog } from '../labels/AnnotatorDialog';
import styles from './Review.module.css';

/** Decisions belong to a person. */
export function NameNeeded() {
  const [asking, setAsking] = useState(false);
  return (
    <p className={styles.row}>
      <span>Decisions are kept with your name.</span>
      <Button variant="default" onClick={() => setAsking(true)}>
        Enter your name
      </Button>
      {asking && <AnnotatorDialog name="" onClose={() => setAsking(false)} />}
    </p>
  );
}
