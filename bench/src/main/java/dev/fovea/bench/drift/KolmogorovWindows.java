package dev.fovea.bench.drift;

import dev.fovea.monitoring.sketch.Coordinate;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/**
 * What is usual: each window of images is compared with a fixed reference by a two-sample Kolmogorov–Smirnov test of
 * each number at 5 %, with Bonferroni's correction.
 */
final class KolmogorovWindows {

    private static final double LEVEL = 0.05;

    private final KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    private final List<double[]> reference;
    private final int[] tested;

    /** Tests the numbers that have a test of their own, and the embedding's. */
    KolmogorovWindows(List<Coordinate> coordinates, List<double[]> reference) {
        this.reference = List.copyOf(reference);
        this.tested = IntStream.range(0, coordinates.size())
                .filter(j -> PeerColumns.isShown(coordinates.get(j)))
                .filter(j -> column(reference, j).length > 1)
                .toArray();
    }

    boolean alarms(List<double[]> window) {
        return IntStream.of(tested).anyMatch(j -> {
            double[] before = column(reference, j);
            double[] after = column(window, j);
            if (after.length < 2) {
                return false;
            }
            double distance = test.kolmogorovSmirnovStatistic(before, after);
            return test.approximateP(distance, before.length, after.length) < LEVEL / tested.length;
        });
    }

    private static double[] column(List<double[]> rows, int j) {
        return rows.stream()
                .mapToDouble(row -> row[j])
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }
}
