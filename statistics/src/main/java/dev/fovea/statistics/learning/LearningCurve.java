package dev.fovea.statistics.learning;

import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A score against the number of images that were learned from, with a power law of its error and the law's uncertainty.
 * The bootstrap draws images, the same for all sizes, and the classifiers of each size; it also leaves out up to
 * {@value #LEFT_OUT} of the smallest sizes, because how far down a power law holds is not known. Each draw is fitted
 * again. Immutable; the same seed gives the same curve.
 */
public final class LearningCurve {

    /** Draws of the bootstrap. */
    private static final int DRAWS = 400;

    private static final int LEFT_OUT = 2;
    private static final int MIN_SIZES = 3;

    private final double[] sizes;
    private final double[] scores;
    private final double[][] drawnScores;
    private final PowerLaw law;
    private final List<PowerLaw> draws;

    private LearningCurve(double[] sizes, double[] scores, double[][] drawnScores, PowerLaw law, List<PowerLaw> draws) {
        this.sizes = sizes;
        this.scores = scores;
        this.drawnScores = drawnScores;
        this.law = law;
        this.draws = draws;
    }

    /**
     * A point of the curve.
     *
     * @param images that were learned from, of each class on average
     * @param score as measured, with its interval over images and classifiers
     */
    public record CurveSample(double images, Interval score) {}

    /**
     * The curve of a score.
     *
     * @param labels {@code [N]}, in [0, K)
     * @param groups {@code [N]}: images of one number are drawn together
     * @param classes K
     * @param learned ascending, {@value #MIN_SIZES} sizes at least
     * @param seed of the bootstrap
     */
    public static LearningCurve of(
            int[] labels, int[] groups, int classes, List<LearnedSize> learned, ClassScore score, long seed) {
        Require.that(
                learned.size() >= MIN_SIZES,
                "%d sizes; a learning curve needs %d at least.",
                learned.size(),
                MIN_SIZES);
        double[] sizes = learned.stream().mapToDouble(LearnedSize::images).toArray();
        double[] ones = new double[labels.length];
        Arrays.fill(ones, 1);
        double[] scores = scores(labels, ones, classes, learned, score, size -> everyOne(size.predictions().length));
        double[][] drawn = new double[DRAWS][];
        int[] leftOut = new int[DRAWS];
        SplittableRandom seeds = new SplittableRandom(seed);
        SplittableRandom[] randoms = new SplittableRandom[DRAWS];
        Arrays.setAll(randoms, _ -> seeds.split());
        List<int[]> clusters = clusters(groups);
        IntStream.range(0, DRAWS).parallel().forEach(draw -> {
            SplittableRandom random = randoms[draw];
            double[] weights = weights(labels.length, clusters, random);
            drawn[draw] = scores(labels, weights, classes, learned, score, size -> some(size, random));
            leftOut[draw] = random.nextInt(Math.min(LEFT_OUT, sizes.length - MIN_SIZES) + 1);
        });
        double[] weights = new double[sizes.length];
        for (int m = 0; m < sizes.length; m++) {
            weights[m] = 1 / Math.max(1e-8, variance(drawn, m));
        }
        List<PowerLaw> laws = IntStream.range(0, DRAWS)
                .parallel()
                .mapToObj(draw -> law(sizes, drawn[draw], weights, leftOut[draw]))
                .toList();
        return new LearningCurve(sizes, scores, drawn, law(sizes, scores, weights, 0), laws);
    }

    private static PowerLaw law(double[] sizes, double[] scores, double[] weights, int leftOut) {
        return PowerLaw.fit(
                Arrays.copyOfRange(sizes, leftOut, sizes.length),
                Arrays.stream(scores, leftOut, scores.length)
                        .map(score -> 1 - score)
                        .toArray(),
                Arrays.copyOfRange(weights, leftOut, weights.length));
    }

    private static double[] scores(
            int[] labels,
            double[] weights,
            int classes,
            List<LearnedSize> learned,
            ClassScore score,
            Function<LearnedSize, int[]> chosen) {
        double[] scores = new double[learned.size()];
        for (int m = 0; m < scores.length; m++) {
            LearnedSize size = learned.get(m);
            int[] repeats = chosen.apply(size);
            for (int repeat : repeats) {
                double[][] confusion = new double[classes][classes];
                int[] predictions = size.predictions()[repeat];
                for (int i = 0; i < labels.length; i++) {
                    confusion[labels[i]][predictions[i]] += weights[i];
                }
                scores[m] += score.of(confusion) / repeats.length;
            }
        }
        return scores;
    }

    private static int[] everyOne(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static int[] some(LearnedSize size, SplittableRandom random) {
        int count = size.predictions().length;
        int[] chosen = new int[count];
        Arrays.setAll(chosen, _ -> random.nextInt(count));
        return chosen;
    }

    private static List<int[]> clusters(int[] groups) {
        Map<Integer, int[]> members = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            int row = i;
            members.merge(groups[i], new int[] {i}, (known, _) -> append(known, row));
        }
        return List.copyOf(members.values());
    }

    private static int[] append(int[] values, int value) {
        int[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        return longer;
    }

    private static double[] weights(int rows, List<int[]> clusters, SplittableRandom random) {
        double[] weights = new double[rows];
        for (int i = 0; i < clusters.size(); i++) {
            for (int row : clusters.get(random.nextInt(clusters.size()))) {
                weights[row]++;
            }
        }
        return weights;
    }

    private static double variance(double[][] drawn, int m) {
        double sum = 0;
        double squares = 0;
        for (double[] scores : drawn) {
            sum += scores[m];
            squares += scores[m] * scores[m];
        }
        double mean = sum / drawn.length;
        return squares / drawn.length - mean * mean;
    }

    /** What was measured, by size. */
    public List<CurveSample> points() {
        return IntStream.range(0, sizes.length)
                .mapToObj(m -> new CurveSample(
                        sizes[m], interval(scores[m], Arrays.stream(drawnScores).mapToDouble(scores -> scores[m]))))
                .toList();
    }

    /** The fitted law. */
    public PowerLaw law() {
        return law;
    }

    /** The score that is expected with so many images of each class, at 95 % confidence. */
    public Interval at(double images) {
        return of(law -> 1 - law.error(images));
    }

    /** The score that more images of this kind come near to and do not exceed, at 95 % confidence. */
    public Interval limit() {
        return of(law -> 1 - law.floor());
    }

    /**
     * How many images of each class a score needs, at 95 % confidence.
     *
     * @param least the lower end
     * @param expected by the fitted law; empty where its limit is below the score
     * @param most the upper end; empty where it has none
     */
    public record Needed(double least, Optional<Double> expected, Optional<Double> most) {}

    /** The images of each class that a score needs; empty where its upper interval end never reaches it. */
    public Optional<Needed> needed(double score) {
        double[] drawn = draws.stream()
                .mapToDouble(each -> each.sizeFor(1 - score).orElse(Double.POSITIVE_INFINITY))
                .sorted()
                .toArray();
        double least = drawn[(int) Math.round((1 - Interval.DEFAULT_LEVEL) / 2 * (drawn.length - 1))];
        double most = drawn[(int) Math.round((1 + Interval.DEFAULT_LEVEL) / 2 * (drawn.length - 1))];
        if (Double.isInfinite(least)) {
            return Optional.empty();
        }
        Optional<Double> expected = Optional.of(law.sizeFor(1 - score))
                .filter(size -> size.isPresent())
                .map(size -> Math.clamp(size.getAsDouble(), least, Math.max(least, most)));
        return Optional.of(new Needed(least, expected, Optional.of(most).filter(Double::isFinite)));
    }

    private Interval of(ToDoubleFunction<PowerLaw> value) {
        return interval(value.applyAsDouble(law), draws.stream().mapToDouble(value));
    }

    private static Interval interval(double value, DoubleStream drawn) {
        return BootstrapInterval.of(value, drawn.toArray(), Interval.DEFAULT_LEVEL);
    }
}
