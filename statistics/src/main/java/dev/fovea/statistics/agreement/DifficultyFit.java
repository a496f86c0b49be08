package dev.fovea.statistics.agreement;

/** A consensus by {@link DifficultyModel}: the fit, and how hard each item is. Immutable. */
public final class DifficultyFit {

    private final ConfusionFit fit;
    private final int[] patternOf;
    private final double[] difficulty;

    /**
     * Takes the arrays over.
     *
     * @param patternOf {@code [N]} group of each item
     * @param difficulty {@code [P]} of each group
     */
    DifficultyFit(ConfusionFit fit, int[] patternOf, double[] difficulty) {
        this.fit = fit;
        this.patternOf = patternOf;
        this.difficulty = difficulty;
    }

    /** Consensus, prior and confusion matrices (averages over the items that each annotator labelled). */
    public ConfusionFit fit() {
        return fit;
    }

    /** Posterior mean of {@code -ln beta} of an item: 0 is average, above 0 is harder. */
    public double difficulty(int item) {
        return difficulty[patternOf[item]];
    }
}
