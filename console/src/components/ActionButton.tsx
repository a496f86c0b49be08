import { Button, Tooltip } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';

interface Props {
  /** Why the action is not possible now; nothing if it is. */
  unavailable?: string | undefined;
  onClick: () => void;
  /** What a screen reader says where the visible words need their surroundings. */
  label?: string;
  children: ReactNode;
}

/**
 * A button that says why it is greyed. It stays in the tab order, so that a keyboard and a screen reader reach the
 * reason as a pointer does.
 */
export function ActionButton({ unavailable, onClick, label, children }: Props) {
  const id = useId();
  if (unavailable === undefined)
    return (
      <Button variant="default" aria-label={label} onClick={onClick}>
        {children}
      </Button>
    );
  return (
    <>
      <Tooltip
        label={unavailable}
        events={{ hover: true, focus: true, touch: true }}
        multiline
        maw={280}
        position="bottom-end"
        transitionProps={{ duration: 80 }}
      >
        <Button variant="default" aria-label={label} aria-disabled="true" aria-describedby={id}>
          {children}
        </Button>
      </Tooltip>
      <span id={id} className="hidden">
        {unavailable}
      </span>
    </>
  );
}
