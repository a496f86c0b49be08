package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fovea.training.batch.Batch.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Cross-entropy with class weights; the weighted mean over the batch. Hard labels are smoothed (Szegedy et al. 2016,
 * <i>Rethinking the Inception Architecture</i>, section 7). Soft labels are the target as they are: they say themselves
 * how uncertain they are (Peterson et al. 2019, <i>Human uncertainty makes classification more robust</i>). What
 * teachers predict counts by {@link DistillationSettings}, for the images that they predicted.
 */
final class ClassificationLoss {

    private final double[] weights;
    private final double smoothing;
    private final Optional<DistillationSettings> distillation;

    private ClassificationLoss(double[] weights, double smoothing, Optional<DistillationSettings> distillation) {
        this.weights = weights;
        this.smoothing = smoothing;
        this.distillation = distillation;
    }

    /** The same with teachers. */
    ClassificationLoss with(Optional<DistillationSettings> teachers) {
        return new ClassificationLoss(weights, smoothing, teachers);
    }

    /**
     * A loss for a training set. With balancing a class weighs {@code sqrt(mean count / count)}: rare classes are heard
     * without drowning the frequent ones. A soft label counts for each class by its probability.
     */
    static ClassificationLoss of(List<Sample> training, int classes, boolean balanced, double smoothing) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        if (balanced) {
            double[] counts = new double[classes];
            for (Sample sample : training) {
                double[] probabilities = sample.probabilities(classes);
                Arrays.setAll(counts, c -> counts[c] + probabilities[c]);
            }
            double mean = training.size() / (double) classes;
            // a class that only soft labels name, and rarely, must not weigh more than one image of a class would
            Arrays.setAll(weights, c -> counts[c] == 0 ? 1 : Math.sqrt(mean / Math.max(1, counts[c])));
        }
        return new ClassificationLoss(weights, smoothing, Optional.empty());
    }

    /** What an image is to be predicted as, with its weight. */
    Target target(Sample sample) {
        int classes = weights.length;
        double[] probabilities = sample.probabilities(classes);
        double weight = 0;
        for (int c = 0; c < classes; c++) {
            weight += probabilities[c] * weights[c];
        }
        if (!sample.hasSoftLabel()) {
            Arrays.setAll(probabilities, c -> probabilities[c] * (1 - smoothing) + smoothing / classes);
        }
        Optional<double[]> taught = distillation.flatMap(
                settings -> sample.taught(classes).map(predicted -> tempered(predicted, settings.temperature())));
        return taught.isPresent() ? new Target(probabilities, weight, taught.get()) : new Target(probabilities, weight);
    }

    /** softmax(ln p / T), the prediction at a temperature. */
    private static double[] tempered(double[] probabilities, double temperature) {
        double[] powers = Arrays.stream(probabilities)
                .map(probability -> Math.pow(probability, 1 / temperature))
                .toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    /** The targets of images; those with the same hard label share one. */
    Target[] targets(List<Sample> samples) {
        Target[] hard = new Target[weights.length];
        return samples.stream()
                .map(sample -> {
                    if (sample.hasSoftLabel()) {
                        return target(sample);
                    }
                    if (hard[sample.label()] == null) {
                        hard[sample.label()] = target(sample);
                    }
                    return hard[sample.label()];
                })
                .toArray(Target[]::new);
    }

    /** A scalar, for scores {@code [N, classes]} before softmax and as many targets. */
    NDArray of(NDArray scores, Target[] targets) {
        NDManager pass = scores.getManager();
        Shape shape = new Shape(targets.length, weights.length);
        NDArray labels =
                scores.logSoftmax(1).mul(pass.create(byLabels(targets), shape)).sum();
        if (distillation.isEmpty() || Arrays.stream(targets).noneMatch(target -> target.taught().length > 0)) {
            return labels.neg();
        }
        double temperature = distillation.get().temperature();
        NDArray softened = scores.div((float) temperature).logSoftmax(1);
        NDArray taught = softened.mul(pass.create(byTeachers(targets), shape)).sum();
        return labels.add(taught.mul((float) (temperature * temperature))).neg();
    }

    private float[] byLabels(Target[] targets) {
        return counted(targets, Target::probabilities, target -> 1 - teachersShare(target));
    }

    private float[] byTeachers(Target[] targets) {
        return counted(targets, Target::taught, this::teachersShare);
    }

    /** The teachers' weight where they say something. */
    private double teachersShare(Target target) {
        return target.taught().length == 0
                ? 0
                : distillation.map(DistillationSettings::weight).orElse(0.0);
    }

    private float[] counted(Target[] targets, Function<Target, double[]> wanted, ToDoubleFunction<Target> share) {
        int classes = weights.length;
        double total = Arrays.stream(targets).mapToDouble(Target::weight).sum();
        float[] counted = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            double part = share.applyAsDouble(targets[i]);
            for (int c = 0; c < classes && part > 0; c++) {
                counted[i * classes + c] = (float) (targets[i].weight() / total * part * wanted.apply(targets[i])[c]);
            }
        }
        return counted;
    }
}
