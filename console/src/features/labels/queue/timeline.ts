/** Pieces of work in the order in which they were shown, and which one is shown now; past the last, new work comes. */
export interface Timeline<W> {
  readonly works: readonly W[];
  readonly position: number;
}

export const emptyTimeline = <W>(): Timeline<W> => ({ works: [], position: 0 });

export const current = <W>({ works, position }: Timeline<W>): W | null => works[position] ?? null;

/** Adds new work behind the last. */
export const append = <W>(timeline: Timeline<W>, work: W): Timeline<W> => ({
  ...timeline,
  works: [...timeline.works, work],
});

/** Changes the current work. */
export const replace = <W>({ works, position }: Timeline<W>, work: W): Timeline<W> => ({
  works: works.map((each, index) => (index === position ? work : each)),
  position,
});

/** Leaves out the current work: what came after it takes its place. */
export const drop = <W>({ works, position }: Timeline<W>): Timeline<W> => ({
  works: works.filter((_, index) => index !== position),
  position,
});

/** One back, without limit. */
export const back = <W>(timeline: Timeline<W>): Timeline<W> =>
  timeline.position === 0 ? timeline : { ...timeline, position: timeline.position - 1 };

/** One forward, at most to new work. */
export const forward = <W>(timeline: Timeline<W>): Timeline<W> =>
  timeline.position >= timeline.works.length ? timeline : { ...timeline, position: timeline.position + 1 };
