package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.labels.priority.LabelPriority;
import dev.fovea.labels.priority.LabelPriority.Candidates;
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
 * 1,000 on flowers5. A classifier on SqueezeNet's features is fitted after every step and judged on a fifth of the
 * images, which is never labelled. The target is the mean of ten random draws. It counts as reached at the first of two
 * steps in a row that reach it, so that one lucky step does not count.
 */
final class ActiveLearningBench {

    private static final int DRAWS = 10;

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

        Sides(int seed) {
            EmbeddedSet set = which.set();
            StratifiedFolds folds = StratifiedFolds.of(set.labels(), 5, seed);
            this.pool = set.features().select(folds.outside(0));
            this.test = set.features().select(folds.inside(0));
            this.poolLabels =
                    Arrays.stream(folds.outside(0)).map(i -> set.labels()[i]).toArray();
            this.testLabels =
                    Arrays.stream(folds.inside(0)).map(i -> set.labels()[i]).toArray();
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
            Sides sides = new Sides(seed);
            double goal = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                List<Integer> labelled = sides.shuffled(1000L * seed + draw).subList(0, which.reference());
                goal += sides.accuracy(sides.fit(labelled)) / DRAWS;
            }
            target.add(goal);
            share.add((double) labelsNeeded(sides, goal, seed, true) / which.reference());
            random.add((double) labelsNeeded(sides, goal, seed, false) / which.reference());
        }
        BenchReport.say("%s: start with %d random labels, then %d at a time; mean of %d seeds and 95 %% interval"
                .formatted(which.set().name(), which.start(), which.step(), SeedFigures.SEEDS));
        List.of(target, reached, share, random).forEach(SeedFigures::say);
        return share.mean();
    }

    private int labelsNeeded(Sides sides, double goal, int seed, boolean queue) {
        List<Integer> order = sides.shuffled(seed);
        List<Integer> labelled = new ArrayList<>(order.subList(0, which.start()));
        int needed = 0;
        boolean before = false;
        while (needed == 0 || (queue && labelled.size() <= which.reference())) {
            LogisticRegression model = sides.fit(labelled);
            double accuracy = sides.accuracy(model);
            if (queue && labelled.size() == which.reference()) {
                reached.add(accuracy);
            }
            boolean now = accuracy >= goal;
            if (needed == 0 && now && before) {
                needed = labelled.size() - which.step();
            }
            before = now;
            if (labelled.size() + which.step() > order.size()) {
                return needed == 0 ? order.size() : needed;
            }
            labelled.addAll(
                    queue
                            ? next(sides, model, labelled)
                            : order.subList(labelled.size(), labelled.size() + which.step()));
        }
        return needed;
    }

    private List<Integer> next(Sides sides, LogisticRegression model, List<Integer> labelled) {
        boolean[] taken = new boolean[sides.poolLabels.length];
        labelled.forEach(i -> taken[i] = true);
        int[] rest = IntStream.range(0, taken.length).filter(i -> !taken[i]).toArray();
        FeatureMatrix embeddings = sides.pool.select(rest);
        List<UnlabelledImage> images = Arrays.stream(rest)
                .mapToObj(i -> new UnlabelledImage(String.valueOf(i), 1))
                .toList();
        return new LabelPriority(Uncertainty.MARGIN, 1)
                        .choose(
                                new Candidates(images, embeddings, Optional.of(model.probabilities(embeddings))),
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
