import { useState } from 'react';
import type { ChangeEvent, KeyboardEvent } from 'react';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** A text that is stored when the person leaves its field, or presses Enter in a line. */
export function useDraft(stored: string, onStore: (text: string) => void) {
  const [draft, setDraft] = useState<string | null>(null);
  const store = () => {
    setDraft(null);
    if (draft !== null && draft.trim() !== stored) onStore(draft.trim());
  };
  return {
    value: draft ?? stored,
    onChange: (event: ChangeEvent<Field>) => setDraft(event.currentTarget.value),
    onBlur: store,
    onKeyDown: (event: KeyboardEvent<Field>) => {
      if (event.key === 'Enter' && event.currentTarget.tagName === 'INPUT') store();
    },
  };
}
