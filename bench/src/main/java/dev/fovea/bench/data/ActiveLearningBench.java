package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.labels.priority.LabelPriority;
import dev.fovea.labels.priority.LabelPriority.LabelCandidates;
import dev.fovea.labels.priority.UnlabelledImage;
import dev.fovea.statistics.Softmax;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.LogisticRegression;
import dev.fovea.statistics.linear.LogisticSettings;
import dev.fovea.statistics.linear.StratifiedFolds;
import dev.fovea.statistics.sampling.Uncertainty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How many labels the queue of {@link LabelPriority} needs for the accuracy that random labels give: 300 on neu-det,
 * 1,000 on flowers5. A classifier on SqueezeNet's features is fitted after every step. For each seed the loop runs five
 * times, with each fifth of the images once as the side that is never labelled and judges; accuracy is that of all
 * five. The target is the mean of ten random draws. Labels between two steps are interpolated.
 */
final class ActiveLearningBench {

    private static final int DRAWS = 10;
    private static final int FOLDS = 5;

    /**
     * A set with what it takes.
     *
     * @param c of the classifier, the usual one of these features
     */
    private record Case(EmbeddedSet set, int start, int step, int reference, double c) {}

    private final Case which;
    private final SeedFigures share = new SeedFigures("share of the random labels that the queue needs");
    private final SeedFigures random = new SeedFigures("the same for random labels in the same steps");
    private final SeedFigures target = new SeedFigures("accuracy of random labels");
    private final SeedFigures reached = new SeedFigures("accuracy of as many labels from the queue");

    private ActiveLearningBench(Case which) {
        this.which = which;
    }

    static void run() throws IOException {
        Optional<EmbeddedSet> neu = EmbeddedSet.neu();
        if (neu.isPresent()) {
            double share = new ActiveLearningBench(new Case(neu.get(), 30, 15, 300, 0.03)).measure();
            BenchReport.maximum("neu-det: labels needed, of 300 random ones", 100 * share, 60, " %");
        }
        Optional<EmbeddedSet> flowers = EmbeddedSet.flowers();
        if (flowers.isPresent()) {
            new ActiveLearningBench(new Case(flowers.get(), 200, 50, 1000, 0.003)).measure();
        }
    }

    /** The side of the images that may be labelled, and the side that judges. */
    private final class Sides {
        private final FeatureMatrix pool;
        private final int[] poolLabels;
        private final FeatureMatrix test;
        private final int[] testLabels;

        Sides(StratifiedFolds folds, int fold) {
            EmbeddedSet set = which.set();
            this.pool = set.features().select(folds.outside(fold));
            this.test = set.features().select(folds.inside(fold));
            this.poolLabels =
                    Arrays.stream(folds.outside(fold)).map(i -> set.labels()[i]).toArray();
            this.testLabels =
                    Arrays.stream(folds.inside(fold)).map(i -> set.labels()[i]).toArray();
        }

        LogisticRegression fit(List<Integer> labelled) {
            int[] rows = labelled.stream().mapToInt(Integer::intValue).toArray();
            int[] labels = Arrays.stream(rows).map(i -> poolLabels[i]).toArray();
            return LogisticRegression.fit(
                    pool.select(rows),
                    ClassTargets.ofLabels(labels, which.set().classes().size()),
                    LogisticSettings.DEFAULT.withC(which.c()));
        }

        double accuracy(LogisticRegression model) {
            double[][] probabilities = model.probabilities(test);
            return IntStream.range(0, testLabels.length)
                            .filter(i -> Softmax.argMax(probabilities[i]) == testLabels[i])
                            .count()
                    / (double) testLabels.length;
        }

        List<Integer> shuffled(long seed) {
            SplittableRandom source = new SplittableRandom(seed);
            List<Integer> order = new ArrayList<>(
                    IntStream.range(0, poolLabels.length).boxed().toList());
            for (int i = order.size() - 1; i > 0; i--) {
                int other = source.nextInt(i + 1);
                order.set(i, order.set(other, order.get(i)));
            }
            return order;
        }
    }

    /** The mean share of the random labels. */
    private double measure() {
        for (int seed = 0; seed < SeedFigures.SEEDS; seed++) {
            measure(seed);
        }
        BenchReport.say("%s: start with %d random labels, then %d at a time; mean of %d seeds and 95 %% interval"
                .formatted(which.set().name(), which.start(), which.step(), SeedFigures.SEEDS));
        List.of(target, reached, share, random).forEach(SeedFigures::say);
        return share.mean();
    }

    private void measure(int seed) {
        StratifiedFolds folds = StratifiedFolds.of(which.set().labels(), FOLDS, seed);
        double goal = 0;
        double[] queue = new double[steps()];
        double[] drawn = new double[steps()];
        for (int fold = 0; fold < FOLDS; fold++) {
            Sides sides = new Sides(folds, fold);
            for (int draw = 0; draw < DRAWS; draw++) {
                List<Integer> labelled = sides.shuffled(1000L * seed + draw).subList(0, which.reference());
                goal += sides.accuracy(sides.fit(labelled)) / DRAWS / FOLDS;
            }
            addAccuracies(sides, seed, true, queue);
            addAccuracies(sides, seed, false, drawn);
        }
        target.add(goal);
        reached.add(queue[(which.reference() - which.start()) / which.step()]);
        share.add(labelsNeeded(queue, goal) / which.reference());
        random.add(labelsNeeded(drawn, goal) / which.reference());
    }

    /** Up to one and a half times the random labels. */
    private int steps() {
        return (3 * which.reference() / 2 - which.start()) / which.step() + 1;
    }

    private void addAccuracies(Sides sides, int seed, boolean queue, double[] accuracies) {
        List<Integer> order = sides.shuffled(seed);
        List<Integer> labelled = new ArrayList<>(order.subList(0, which.start()));
        for (int step = 0; step < accuracies.length; step++) {
            LogisticRegression model = sides.fit(labelled);
            accuracies[step] += sides.accuracy(model) / FOLDS;
            labelled.addAll(
                    queue
                            ? next(sides, model, labelled)
                            : order.subList(labelled.size(), labelled.size() + which.step()));
        }
    }

    /** All that were tried where the goal is not reached. */
    private double labelsNeeded(double[] accuracies, double goal) {
        for (int step = 0; step < accuracies.length; step++) {
            if (accuracies[step] >= goal) {
                double before = step == 0 ? accuracies[0] : accuracies[step - 1];
                double part = step == 0 ? 0 : (goal - before) / (accuracies[step] - before);
                return which.start() + which.step() * (Math.max(0, step - 1) + part);
            }
        }
        return which.start() + which.step() * (accuracies.length - 1.0);
    }

    private List<Integer> next(Sides sides, LogisticRegression model, List<Integer> labelled) {
        boolean[] taken = new boolean[sides.poolLabels.length];
        labelled.forEach(i -> taken[i] = true);
        int[] rest = IntStream.range(0, taken.length).filter(i -> !taken[i]).toArray();
        FeatureMatrix embeddings = sides.pool.select(rest);
        List<UnlabelledImage> images = Arrays.stream(rest)
                .mapToObj(i -> new UnlabelledImage(String.valueOf(i), 1))
                .toList();
        return new LabelPriority(1)
                        .choose(
                                new LabelCandidates(
                                        images,
                                        embeddings,
                                        Optional.of(Uncertainty.MARGIN.of(model.probabilities(embeddings)))),
                                Optional.of(sides.pool.select(labelled.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray())),
                                which.step())
                        .stream()
                        .map(ImagePriority::image)
                        .map(Integer::valueOf)
                        .toList();
    }
}
