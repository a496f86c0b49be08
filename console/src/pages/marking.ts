import { useState } from 'react';
import type { Prediction } from '../api/types';
import { marked } from './objects';
import type { Marked } from './objects';

/** Which objects of an answer are shown, and which one is looked at. */
export interface Marking {
  all: Marked[];
  shown: Marked[];
  /** The index of the object that is pointed at, else of the one that was chosen. */
  active: number | null;
  pinned: number | null;
  least: number;
  point: (index: number | null) => void;
  pin: (index: number) => void;
  setLeast: (least: number) => void;
}

interface Looking {
  answer: string;
  pointed: number | null;
  pinned: number | null;
  least: number;
}

const fresh = (answer: string): Looking => ({ answer, pointed: null, pinned: null, least: 0 });

/** Begins anew with each answer. */
export function useMarking(prediction: Prediction | undefined): Marking {
  const answer = prediction?.request_id ?? '';
  const [last, setLooking] = useState(() => fresh(answer));
  const looking = last.answer === answer ? last : fresh(answer);
  const change = (next: Partial<Looking>) => setLooking({ ...looking, ...next });
  const all = prediction ? marked(prediction) : [];
  const shown = all.filter((each) => each.confidence == null || each.confidence >= looking.least);
  const visible = (index: number | null) => (shown.some((each) => each.index === index) ? index : null);
  return {
    all,
    shown,
    active: visible(looking.pointed) ?? visible(looking.pinned),
    pinned: visible(looking.pinned),
    least: looking.least,
    point: (pointed) => change({ pointed }),
    pin: (index) => change({ pinned: looking.pinned === index ? null : index }),
    setLeast: (least) => change({ least }),
  };
}
