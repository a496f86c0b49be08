/** The stages of a prediction, in the order in which they happen. */
export const STAGES = ['decode', 'preprocess', 'queue', 'infer', 'postprocess'] as const;

export type Stage = (typeof STAGES)[number];

export const stageWords: Record<Stage, string> = {
  decode: 'Decode',
  preprocess: 'Preprocess',
  queue: 'Queue',
  infer: 'Infer',
  postprocess: 'Postprocess',
};

export const isStage = (name: string): name is Stage => (STAGES as readonly string[]).includes(name);

/** Greys that are no version's colour, and the spot for the moment of seeing. */
export const stageColor = (stage: Stage): string =>
  ({
    decode: 'var(--ink-2)',
    preprocess: 'var(--ink-4)',
    queue: 'var(--line-strong)',
    infer: 'var(--spot)',
    postprocess: 'var(--ink)',
  })[stage];
