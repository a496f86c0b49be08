package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Consensus of annotators on items that differ in difficulty: the model GLAD of J. Whitehill, P. Ruvolo, T. Wu, J.
 * Bergsma and J. Movellan, "Whose vote should count more: optimal integration of labels from labelers of unknown
 * expertise", NIPS 2009, for K classes with the confusions of {@link DawidSkene}. An item's ease beta scales the
 * log-odds of annotator j: {@code P(label = l | truth = k) = softmax_l(beta * w[j,k,l])}. With one w per annotator on
 * the diagonal and K = 2 this is GLAD, with beta = 1 it is Dawid–Skene.
 *
 * <p>GLAD's normal prior of {@code ln beta} is taken at the five nodes of Gauss–Hermite quadrature with mean 0 and
 * standard deviation {@value #DEVIATION}, so that the expectation over difficulty and class is exact. The maximization
 * is {@link LogOddsStep}; it starts from Dawid–Skene's posterior. Items without labels get the class prior.
 *
 * <p>The deviation is assumed and not learnt: where all items are equally hard, the skills are biased. Pure.
 */
public final class DifficultyModel {

    private static final double DEVIATION = 0.5;

    /** Nodes and weights for the weight function of the normal distribution (Abramowitz and Stegun, table 25.10). */
    private static final double[] NODES = {-2.8569700138728, -1.3556261799743, 0, 1.3556261799743, 2.8569700138728};

    private static final double[] WEIGHTS = {
        0.0112574113277, 0.2220759220056, 0.5333333333333, 0.2220759220056, 0.0112574113277
    };

    private final RatingPatterns patterns;
    private final EmSettings settings;
    private final int classes;
    private final int levels = NODES.length;
    private final double[] joint;
    private final double[] posterior;
    private final double[] prior;
    private final LogOddsStep odds;

    private DifficultyModel(RatingPatterns patterns, EmSettings settings) {
        this.patterns = patterns;
        this.settings = settings;
        this.classes = patterns.ratings.classes();
        this.posterior = DawidSkene.posterior(patterns, settings);
        this.prior = new double[classes];
        this.joint = new double[levels * classes];
        double[] ease =
                DoubleStream.of(NODES).map(node -> Math.exp(DEVIATION * node)).toArray();
        this.odds = new LogOddsStep(patterns.ratings.annotators(), classes, ease, settings);
    }

    /** The fit with the default settings. */
    public static DifficultyFit fit(Ratings ratings) {
        return fit(ratings, EmSettings.DEFAULT, Interval.DEFAULT_LEVEL);
    }

    /**
     * The fit.
     *
     * @param ratings at least one label
     * @param settings with a smoothing above 0, which keeps the log-odds finite
     * @param level of confidence of the intervals
     */
    public static DifficultyFit fit(Ratings ratings, EmSettings settings, double level) {
        Require.that(ratings.size() > 0, "No labels; a consensus needs at least one.");
        Require.that(settings.smoothing() > 0, "A smoothing of 0; the difficulty-aware model needs more, as 0.01.");
        Require.confidenceLevel(level);
        RatingPatterns patterns = new RatingPatterns(ratings);
        DifficultyModel model = new DifficultyModel(patterns, settings);
        double[] difficulty = new double[patterns.count()];
        Convergence convergence = model.iterate(difficulty);
        DawidSkene.logPrior(patterns, model.posterior, settings.smoothing(), model.prior);
        ExpectedCounts counts = new ExpectedCounts(patterns, model.posterior);
        ConfusionFit fit = new ConfusionFit(
                new Consensus(
                        new SoftLabels(ratings.classes(), patterns.patternOf, model.posterior), counts.skills(level)),
                DoubleStream.of(model.prior).map(Math::exp).boxed().toList(),
                counts.confusions(settings, level),
                convergence);
        return new DifficultyFit(fit, patterns.patternOf, difficulty, model.odds, model.levelled());
    }

    /** Logarithms of the prior of each level and class. */
    private double[] levelled() {
        double[] levelled = new double[levels * classes];
        for (int i = 0; i < levelled.length; i++) {
            levelled[i] = Math.log(WEIGHTS[i / classes]) + prior[i % classes];
        }
        return levelled;
    }

    private Convergence iterate(double[] difficulty) {
        odds.start(new ExpectedCounts(patterns, posterior).counts());
        List<Double> objective = new ArrayList<>();
        while (true) {
            DawidSkene.logPrior(patterns, posterior, settings.smoothing(), prior);
            odds.clear();
            double logLikelihood = expect(difficulty);
            double now = logLikelihood
                    + settings.smoothing() * DoubleStream.of(prior).sum()
                    + odds.logSmoothing();
            objective.add(now);
            int last = objective.size() - 1;
            boolean converged =
                    last > 0 && now - objective.get(last - 1) < settings.tolerance() * patterns.ratings.size();
            if (converged || objective.size() == settings.maxIterations()) {
                return new Convergence(converged, logLikelihood, objective);
            }
            odds.maximize();
        }
    }

    /** Fills posterior and difficulty, and counts for the maximization; the log-likelihood of the labels. */
    private double expect(double[] difficulty) {
        Ratings ratings = patterns.ratings;
        double logLikelihood = 0;
        double[] levelled = levelled();
        for (int pattern = 0; pattern < patterns.count(); pattern++) {
            int start = patterns.start(pattern);
            int end = patterns.end(pattern);
            System.arraycopy(levelled, 0, joint, 0, joint.length);
            for (int level = 0; level < levels; level++) {
                for (int r = start; r < end; r++) {
                    odds.addLogProbabilities(level, ratings.raterAt(r), ratings.labelAt(r), joint);
                }
            }
            double evidence = DawidSkene.normalize(joint, 0, joint.length);
            logLikelihood += end > start ? patterns.weight[pattern] * evidence : 0;
            for (int r = start; r < end; r++) {
                odds.count(ratings.raterAt(r), ratings.labelAt(r), joint, patterns.weight[pattern]);
            }
            difficulty[pattern] = marginalize(pattern);
        }
        return logLikelihood;
    }

    /** Sums the joint over difficulty into the posterior; the mean difficulty. */
    private double marginalize(int pattern) {
        double mean = 0;
        for (int k = 0; k < classes; k++) {
            double sum = 0;
            for (int level = 0; level < levels; level++) {
                double p = joint[level * classes + k];
                sum += p;
                mean -= p * DEVIATION * NODES[level];
            }
            posterior[pattern * classes + k] = sum;
        }
        return mean;
    }
}
