package dev.fovea.training.operator;

/** What a pass through a graph is for. */
public enum GraphMode {
    /** As in serving: running statistics normalise, dropout keeps all. */
    INFERENCE,
    /**
     * Learning with the running statistics as they are, for batches too small to estimate them (Kornblith et al. 2019,
     * <i>Do Better ImageNet Models Transfer Better?</i>, appendix A.5). Dropout drops.
     */
    FROZEN_STATISTICS,
    /** Learning: the batch's own statistics normalise and move the running ones; dropout drops. */
    LEARNING;

    /** Whether batch normalisation takes and updates the batch's statistics. */
    boolean normalisesByBatch() {
        return this == LEARNING;
    }

    /** Whether dropout drops. */
    boolean drops() {
        return this != INFERENCE;
    }
}
