package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Consensus of annotators who confuse classes in their own ways: A. P. Dawid and A. M. Skene, "Maximum likelihood
 * estimation of observer error-rates using the EM algorithm", Applied Statistics 28 (1979) 20–28. Each annotator has a
 * confusion matrix, the classes have a prior, and labels are independent given the true class. Expectation maximization
 * starts from the {@link MajorityVote}. The pseudo-counts of {@link EmSettings} smooth the estimates. Items without
 * labels get the class prior and do not change it. Pure.
 */
public final class DawidSkene {

    /** Probabilities below this count as this in logarithms, so that no label is impossible. */
    static final double FLOOR = 1e-10;

    private final RatingPatterns patterns;
    private final EmSettings settings;
    private final int classes;
    private final double[] posterior;
    private final double[] prior;
    private final double[] confusion;

    private DawidSkene(RatingPatterns patterns, EmSettings settings) {
        this.patterns = patterns;
        this.settings = settings;
        this.classes = patterns.ratings.classes();
        this.posterior = MajorityVote.shares(patterns);
        this.prior = new double[classes];
        this.confusion = new double[patterns.ratings.annotators() * classes * classes];
    }

    /** The fit with the default settings. */
    public static ConfusionFit fit(Ratings ratings) {
        return fit(ratings, EmSettings.DEFAULT, Interval.DEFAULT_LEVEL);
    }

    /**
     * The fit.
     *
     * @param ratings at least one label
     * @param level of confidence of the intervals
     */
    public static ConfusionFit fit(Ratings ratings, EmSettings settings, double level) {
        Require.that(ratings.size() > 0, "No labels; a consensus needs at least one.");
        Require.confidenceLevel(level);
        RatingPatterns patterns = new RatingPatterns(ratings);
        DawidSkene model = new DawidSkene(patterns, settings);
        Convergence convergence = model.iterate();
        logPrior(patterns, model.posterior, settings.smoothing(), model.prior);
        ExpectedCounts counts = new ExpectedCounts(patterns, model.posterior);
        return new ConfusionFit(
                new Consensus(
                        new SoftLabels(ratings.classes(), patterns.patternOf, model.posterior), counts.skills(level)),
                DoubleStream.of(model.prior).map(Math::exp).boxed().toList(),
                counts.confusions(settings, level),
                convergence);
    }

    /** The posterior of each group of items, {@code [P*K]}, at the end of the iteration. */
    static double[] posterior(RatingPatterns patterns, EmSettings settings) {
        DawidSkene model = new DawidSkene(patterns, settings);
        model.iterate();
        return model.posterior;
    }

    private Convergence iterate() {
        List<Double> objective = new ArrayList<>();
        while (true) {
            logPrior(patterns, posterior, settings.smoothing(), prior);
            maximize();
            double logLikelihood = expect();
            double now = logLikelihood + logSmoothing();
            objective.add(now);
            int last = objective.size() - 1;
            boolean converged =
                    last > 0 && now - objective.get(last - 1) < settings.tolerance() * patterns.ratings.size();
            if (converged || objective.size() == settings.maxIterations()) {
                return new Convergence(converged, logLikelihood, objective);
            }
        }
    }

    /** Logarithm of the smoothed class shares of the items with labels. */
    static void logPrior(RatingPatterns patterns, double[] posterior, double smoothing, double[] prior) {
        int classes = prior.length;
        Arrays.fill(prior, smoothing);
        double all = smoothing * classes;
        for (int pattern = 0; pattern < patterns.count(); pattern++) {
            if (patterns.end(pattern) > patterns.start(pattern)) {
                all += patterns.weight[pattern];
                for (int k = 0; k < classes; k++) {
                    prior[k] += patterns.weight[pattern] * posterior[pattern * classes + k];
                }
            }
        }
        for (int k = 0; k < classes; k++) {
            prior[k] = Math.log(Math.max(FLOOR, prior[k] / all));
        }
    }

    /** Log-probabilities {@code [annotator, label, truth]} from the posterior. */
    private void maximize() {
        double[] counts = new ExpectedCounts(patterns, posterior).counts();
        int size = classes * classes;
        for (int j = 0; j < patterns.ratings.annotators(); j++) {
            for (int truth = 0; truth < classes; truth++) {
                double all = settings.row(classes);
                for (int label = 0; label < classes; label++) {
                    all += counts[j * size + label * classes + truth];
                }
                for (int label = 0; label < classes; label++) {
                    int cell = j * size + label * classes + truth;
                    double share = all == 0 ? 1.0 / classes : (counts[cell] + settings.cell(truth, label)) / all;
                    confusion[cell] = Math.log(Math.max(FLOOR, share));
                }
            }
        }
    }

    /** Fills the posterior; the log-likelihood of the labels. */
    private double expect() {
        Ratings ratings = patterns.ratings;
        double logLikelihood = 0;
        for (int pattern = 0; pattern < patterns.count(); pattern++) {
            int row = pattern * classes;
            System.arraycopy(prior, 0, posterior, row, classes);
            for (int r = patterns.start(pattern); r < patterns.end(pattern); r++) {
                int cell = (ratings.raterAt(r) * classes + ratings.labelAt(r)) * classes;
                for (int k = 0; k < classes; k++) {
                    posterior[row + k] += confusion[cell + k];
                }
            }
            double evidence = normalize(posterior, row, classes);
            logLikelihood += patterns.end(pattern) > patterns.start(pattern) ? patterns.weight[pattern] * evidence : 0;
        }
        return logLikelihood;
    }

    /** Logarithm of the prior that the pseudo-counts stand for. */
    private double logSmoothing() {
        double sum = settings.smoothing() * DoubleStream.of(prior).sum();
        for (int cell = 0; cell < confusion.length; cell++) {
            sum += settings.cell(cell % classes, cell / classes % classes) * confusion[cell];
        }
        return sum;
    }

    /** Turns logarithms into probabilities in place; the logarithm of their sum. */
    static double normalize(double[] values, int from, int length) {
        double max = values[from];
        for (int i = from; i < from + length; i++) {
            max = Math.max(max, values[i]);
        }
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            values[i] = Math.exp(values[i] - max);
            sum += values[i];
        }
        for (int i = from; i < from + length; i++) {
            values[i] /= sum;
        }
        return max + Math.log(sum);
    }
}
