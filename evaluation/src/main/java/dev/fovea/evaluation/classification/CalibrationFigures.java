package dev.fovea.evaluation.classification;

import dev.fovea.statistics.Calibration;
import dev.fovea.statistics.Softmax;
import dev.fovea.statistics.TemperatureScaling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The expected calibration error (15 equal-width bins) with and without temperature scaling.
 *
 * <p>The temperature is fitted to all images. {@code after} is cross-fitted: the images are split into two stratified
 * folds, and each fold is scaled by the temperature of the other. Both errors are of the same images. Scaling is not
 * used if the cross-fitted temperatures worsen the error or the log loss.
 *
 * @param before error at temperature 1
 * @param after error with two-fold cross-fitted temperatures, even if scaling is not used
 * @param temperature divisor of the logits in serving: fitted to all images, or 1 if scaling is not used
 */
public record CalibrationFigures(double before, double after, double temperature) {

    /** Measures and fits; at least one image. A fold whose counterpart is empty keeps temperature 1. */
    public static CalibrationFigures of(List<Scored> images) {
        List<Scored> dealt = images.stream()
                .sorted(Comparator.comparingInt(Scored::truth).thenComparing(Scored::image))
                .toList();
        List<Scored> even = fold(dealt, 0);
        List<Scored> odd = fold(dealt, 1);
        List<Double> after = new ArrayList<>(confidences(even, temperature(odd)));
        after.addAll(confidences(odd, temperature(even)));
        List<Scored> folded = new ArrayList<>(even);
        folded.addAll(odd);
        double errorBefore = error(confidences(folded, 1), folded);
        double errorAfter = error(after, folded);
        double lossBefore = logLoss(folded, 1);
        double lossAfter = logLoss(even, temperature(odd)) + logLoss(odd, temperature(even));
        boolean isWorse = errorAfter > errorBefore || lossAfter > lossBefore;
        return new CalibrationFigures(errorBefore, errorAfter, isWorse ? 1 : temperature(images));
    }

    /** Whether serving scales by a temperature. */
    public boolean scales() {
        return temperature != 1;
    }

    /** The summed negative logarithm of the truth's probability, in nats. */
    private static double logLoss(List<Scored> images, double temperature) {
        return images.stream()
                .mapToDouble(image ->
                        -Math.log(Math.max(Double.MIN_NORMAL, Softmax.of(image.logits(), temperature)[image.truth()])))
                .sum();
    }

    private static List<Scored> fold(List<Scored> dealt, int parity) {
        return IntStream.range(0, dealt.size())
                .filter(i -> i % 2 == parity)
                .mapToObj(dealt::get)
                .toList();
    }

    private static double temperature(List<Scored> images) {
        if (images.isEmpty()) {
            return 1;
        }
        return TemperatureScaling.fit(
                        images.stream().map(Scored::logits).toArray(double[][]::new),
                        images.stream().mapToInt(Scored::truth).toArray())
                .temperature();
    }

    private static List<Double> confidences(List<Scored> images, double temperature) {
        return images.stream().map(image -> image.confidence(temperature)).toList();
    }

    private static double error(List<Double> confidences, List<Scored> images) {
        boolean[] right = new boolean[images.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = images.get(i).right();
        }
        return Calibration.equalWidth(
                        confidences.stream().mapToDouble(Double::doubleValue).toArray(), right)
                .error();
    }
}
