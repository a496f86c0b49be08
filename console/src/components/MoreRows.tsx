import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';

interface Props<Row> {
  rows: readonly Row[];
  /** How many are shown at first. */
  first: number;
  /** What the rows are, in words. */
  what: string;
  children: (shown: readonly Row[]) => ReactNode;
}

/** The first of many rows, and all of them on request. */
export function MoreRows<Row>({ rows, first, what, children }: Props<Row>) {
  const [all, setAll] = useState(false);
  return (
    <>
      {children(all ? rows : rows.slice(0, first))}
      {rows.length > first && (
        <Button variant="subtle" mt={8} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Show the first ${first}` : `Show all ${rows.length} ${what}`}
        </Button>
      )}
    </>
  );
}
