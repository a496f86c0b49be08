package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Interval;

/**
 * What one annotator labels the items of each class: {@code [K,K]}, rows are true classes, each row sums to 1.
 * Immutable.
 */
public final class AnnotatorConfusion {

    private final int classes;
    private final double[] counts;
    private final double[] spread;
    private final EmSettings settings;
    private final double level;

    /**
     * Takes the arrays over.
     *
     * @param counts {@code [label*K + truth]} expected number of labels
     * @param spread likewise, the variance of that number under the posterior of the true classes
     */
    AnnotatorConfusion(int classes, double[] counts, double[] spread, EmSettings settings, double level) {
        this.classes = classes;
        this.counts = counts;
        this.spread = spread;
        this.settings = settings;
        this.level = level;
    }

    /** K. */
    public int classes() {
        return classes;
    }

    /** Expected number of the annotator's labels on items of a class. */
    public double support(int truth) {
        double sum = 0;
        for (int label = 0; label < classes; label++) {
            sum += counts[label * classes + truth];
        }
        return sum;
    }

    /** Probability of a label given the true class, smoothed; uniform without items and pseudo-counts. */
    public double probability(int truth, int label) {
        double all = support(truth) + settings.row(classes);
        return all == 0 ? 1.0 / classes : (counts[label * classes + truth] + settings.cell(truth, label)) / all;
    }

    /**
     * {@link #probability} with its interval: Wilson's, with as many items as the uncertain true classes leave
     * information for (T. A. Louis, JRSS B 44 (1982) 226–233).
     */
    public Interval interval(int truth, int label) {
        double p = probability(truth, label);
        double all = support(truth) + settings.row(classes);
        double between = 0;
        for (int other = 0; other < classes; other++) {
            double change = (other == label ? 1 : 0) - p;
            between += spread[other * classes + truth] * change * change;
        }
        return all == 0 ? new Interval(p, 0, 1) : ExpectedCounts.interval(p, all, between, level);
    }
}
