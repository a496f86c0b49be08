package dev.fovea.statistics.agreement;

/** A consensus by {@link DifficultyModel}: the fit, and how hard each item is. Immutable. */
public final class DifficultyFit {

    private final ConfusionFit fit;
    private final int[] patternOf;
    private final double[] difficulty;
    private final LogOddsStep odds;
    private final double[] levelled;

    /**
     * Takes the arrays over.
     *
     * @param patternOf {@code [N]} group of each item
     * @param difficulty {@code [P]} of each group
     * @param odds as fitted; not changed any more
     * @param levelled {@code [L*K]} logarithms of the prior of each level of difficulty and class
     */
    DifficultyFit(ConfusionFit fit, int[] patternOf, double[] difficulty, LogOddsStep odds, double[] levelled) {
        this.fit = fit;
        this.patternOf = patternOf;
        this.difficulty = difficulty;
        this.odds = odds;
        this.levelled = levelled;
    }

    /**
     * The distribution over the classes of an item that need not be one of the fit.
     *
     * @param annotators {@code [V]} who labelled it
     * @param labels {@code [V]} what each of them said
     * @return {@code [K]}, sum 1
     */
    public double[] posterior(int[] annotators, int[] labels) {
        int classes = fit.prior().size();
        double[] joint = levelled.clone();
        for (int v = 0; v < annotators.length; v++) {
            for (int level = 0; level < joint.length / classes; level++) {
                odds.addLogProbabilities(level, annotators[v], labels[v], joint);
            }
        }
        double _ = DawidSkene.normalize(joint, 0, joint.length);
        double[] posterior = new double[classes];
        for (int i = 0; i < joint.length; i++) {
            posterior[i % classes] += joint[i];
        }
        return posterior;
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
