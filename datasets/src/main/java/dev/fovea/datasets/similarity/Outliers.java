package dev.fovea.datasets.similarity;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images that do not belong to a set: those far from their own class and from every other one. The distance of a row
 * from a class is the mean of 1 − cosine to the {@value #NEIGHBORS} nearest other rows of the class. Logarithms of the
 * distances of a class's own rows are taken for normal; center and scale are the median and the median absolute
 * deviation, which outliers do not move (P. Rousseeuw and C. Croux, "Alternatives to the median absolute deviation",
 * JASA 1993). A row is far from a class when its distance is above the quantile of 1 − the false-alarm rate. Rows near
 * to another class than their own are wrong labels rather, and not found here. Pure.
 *
 * <p>Measured with {@code ImageDescriptor} and a rate of 0.001: it flags 3 of 4,317 flowers, 2 of 900 steel surfaces
 * and 2 of 364 blood smears. Of 20 photographs planted among them it finds 7, 11 and 20.
 */
public final class Outliers {

    /** One image in a thousand. */
    public static final double DEFAULT_FALSE_ALARM_RATE = 0.001;

    private static final int NEIGHBORS = 5;
    /** Classes with fewer images have no scale, and their images are not judged. */
    private static final int MIN_CLASS = 20;
    /** The median absolute deviation of a normal distribution is this part of its standard deviation. */
    private static final double NORMAL_MAD = 0.6744897501960817;
    /** Distances of copies are 0, and their logarithm is not finite. */
    private static final double MIN_DISTANCE = 1e-4;

    /**
     * A row that does not belong.
     *
     * @param row its index
     * @param distance from its class
     * @param bound the distance above which a row is far from that class
     * @param deviations robust standard deviations above the median, of the class to which it is nearest by that
     *     measure
     */
    public record Outlier(int row, double distance, double bound, double deviations) {}

    private record Scale(double center, double deviation) {

        static Scale of(double[] logarithms) {
            double center = median(logarithms);
            double mad = median(Arrays.stream(logarithms)
                    .map(value -> Math.abs(value - center))
                    .toArray());
            return new Scale(center, Math.max(mad / NORMAL_MAD, 1e-3));
        }

        double deviations(double logarithm) {
            return (logarithm - center) / deviation;
        }

        double bound(double deviations) {
            return Math.exp(center + deviations * deviation);
        }
    }

    /** The rows of a class, or those without one. */
    private record Members(
            Optional<String> label, List<Integer> rows, NearestNeighbors neighbors, double[] logarithms, Scale scale) {

        static Members of(Optional<String> label, List<Integer> rows, List<float[]> embeddings) {
            NearestNeighbors neighbors =
                    NearestNeighbors.of(rows.stream().map(embeddings::get).toList());
            double[] logarithms = new double[rows.size()];
            for (int i = 0; i < logarithms.length; i++) {
                logarithms[i] = logarithm(neighbors.of(i, NEIGHBORS));
            }
            return new Members(label, rows, neighbors, logarithms, Scale.of(logarithms));
        }

        double deviations(float[] embedding) {
            return scale.deviations(logarithm(neighbors.of(embedding, NEIGHBORS)));
        }

        private static double logarithm(List<Neighbor> nearest) {
            double similarity =
                    nearest.stream().mapToDouble(Neighbor::similarity).average().orElse(0);
            return Math.log(Math.max(MIN_DISTANCE, 1 - similarity));
        }
    }

    private Outliers() {}

    /**
     * The outliers, the farthest first.
     *
     * @param embeddings {@code [N][D]}
     * @param labels of each row; rows without one are a class of their own, in which a clump of more than
     *     {@value #NEIGHBORS} foreign images is not noticed
     * @param falseAlarmRate share of the rows of a clean set that are flagged at most, above 0 and below 0.5
     */
    public static List<Outlier> find(List<float[]> embeddings, List<Optional<String>> labels, double falseAlarmRate) {
        if (!(falseAlarmRate > 0 && falseAlarmRate < 0.5) || labels.size() != embeddings.size()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A false-alarm rate of %s and %d labels for %d rows: the rate must be above 0 and below 0.5, and each row needs a label or an empty one."
                            .formatted(falseAlarmRate, labels.size(), embeddings.size()));
        }
        double limit = NormalQuantile.upper(falseAlarmRate);
        List<Members> classes = classes(embeddings, labels);
        List<Outlier> outliers = new ArrayList<>();
        for (Members own : classes) {
            for (int i = 0; i < own.logarithms().length; i++) {
                double deviations = own.scale().deviations(own.logarithms()[i]);
                if (deviations > limit) { // few, so that they may be compared with every class
                    int row = own.rows().get(i);
                    double nearest = classes.stream()
                            .filter(other -> !other.label().equals(own.label()))
                            .mapToDouble(other -> other.deviations(embeddings.get(row)))
                            .min()
                            .orElse(deviations);
                    if (nearest > limit) {
                        outliers.add(new Outlier(
                                row,
                                Math.exp(own.logarithms()[i]),
                                own.scale().bound(limit),
                                Math.min(deviations, nearest)));
                    }
                }
            }
        }
        outliers.sort(Comparator.comparingDouble(Outlier::deviations).reversed());
        return outliers;
    }

    private static List<Members> classes(List<float[]> embeddings, List<Optional<String>> labels) {
        Map<Optional<String>, List<Integer>> byLabel = new LinkedHashMap<>();
        for (int row = 0; row < labels.size(); row++) {
            byLabel.computeIfAbsent(labels.get(row), label -> new ArrayList<>()).add(row);
        }
        return byLabel.entrySet().stream()
                .filter(members -> members.getValue().size() >= MIN_CLASS)
                .map(members -> Members.of(members.getKey(), members.getValue(), embeddings))
                .toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
