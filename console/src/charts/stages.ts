/** The stages of an answer, in the order in which they happen. */
export const STAGES = ['decode', 'preprocess', 'queue', 'infer', 'postprocess'] as const;

export type Stage = (typeof STAGES)[number];

export const stageWords: Record<Stage, string> = {
  decode: 'Decode',
  preprocess: 'Preprocess',
  queue: 'Wait',
  infer: 'Infer',
  postprocess: 'Postprocess',
};

export const isStage = (name: string): name is Stage => (STAGES as readonly string[]).includes(name);

/** Waiting is grey: nothing is done in it. */
export const stageColor = (stage: Stage): string =>
  ({
    decode: 'var(--data-4)',
    preprocess: 'var(--data-2)',
    queue: 'var(--line-strong)',
    infer: 'var(--data-1)',
    postprocess: 'var(--data-3)',
  })[stage];
