import { useState } from 'react';
import type { Prediction } from '../../api/types';
import { marked } from './objects';
import type { Marked } from './objects';

/** Which objects of a prediction are shown, and which one is highlighted. */
export interface Marking {
  all: Marked[];
  shown: Marked[];
  /** The index of the object that is pointed at, else of the one that was chosen. */
  active: number | null;
  pinned: number | null;
  minConfidence: number;
  point: (index: number | null) => void;
  pin: (index: number) => void;
  setMinConfidence: (minConfidence: number) => void;
}

interface State {
  request: string;
  pointed: number | null;
  pinned: number | null;
  minConfidence: number;
}

const fresh = (request: string): State => ({ request, pointed: null, pinned: null, minConfidence: 0 });

/** Starts afresh with each prediction. */
export function useMarking(prediction: Prediction | undefined): Marking {
  const request = prediction?.request_id ?? '';
  const [last, setState] = useState(() => fresh(request));
  const state = last.request === request ? last : fresh(request);
  const change = (next: Partial<State>) => setState({ ...state, ...next });
  const all = prediction ? marked(prediction) : [];
  const shown = all.filter((each) => each.confidence == null || each.confidence >= state.minConfidence);
  const visible = (index: number | null) => (shown.some((each) => each.index === index) ? index : null);
  return {
    all,
    shown,
    active: visible(state.pointed) ?? visible(state.pinned),
    pinned: visible(state.pinned),
    minConfidence: state.minConfidence,
    point: (pointed) => change({ pointed }),
    pin: (index) => change({ pinned: state.pinned === index ? null : index }),
    setMinConfidence: (minConfidence) => change({ minConfidence }),
  };
}
