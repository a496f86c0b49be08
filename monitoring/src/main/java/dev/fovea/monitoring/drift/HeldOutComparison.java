package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.DriftAlarm.Finding;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.statistics.drift.ConformalRank;
import dev.fovea.statistics.sequential.AsymptoticSequence;
import dev.fovea.traffic.reference.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All traffic of a version against the held-out images that it was judged on, from the first images on. Intervals hold
 * at every look, with the error of the held-out images and that of traffic, whose images may be alike within a block.
 * Only differences that matter are named: of {@value #MATTERS} standard deviations of an image. Not thread-safe.
 */
public final class HeldOutComparison {

    /** Nothing is said of fewer images. */
    public static final int MIN_IMAGES = 100;

    /** Standard deviations of an image. */
    private static final double MATTERS = 0.3;

    /** Of a number that all held-out images share, this share of it matters. */
    private static final double MATTERS_OF_CONSTANT = 0.01;

    /** Probability that anything is ever named without a difference. */
    private static final double ERROR = 0.01;

    /** Images at which the intervals are as narrow as they can be. */
    private static final double TIGHTEST = 1000;

    private final List<Coordinate> coordinates;
    private final HeldOutNumber[] heldOut;
    private final TrafficSums[] traffic;
    private final double error;
    private long images;

    /** A number of the held-out images. */
    private record HeldOutNumber(long count, double mean, double deviation) {
        double matters() {
            return Math.max(MATTERS * deviation, deviation > 0 ? 0 : MATTERS_OF_CONSTANT * Math.abs(mean) + 1e-9);
        }
    }

    /** Sums over parts of the traffic, from which the error of its mean follows: the parts are its clusters. */
    private static final class TrafficSums {
        private int parts;
        private double weights;
        private double weighted;
        private double squaredWeights;
        private double squaredWeighted;
        private double squared;

        void add(double weight, double mean) {
            parts++;
            weights += weight;
            weighted += weight * mean;
            squaredWeights += weight * weight;
            squaredWeighted += weight * weight * mean;
            squared += weight * weight * mean * mean;
        }

        double mean() {
            return weighted / weights;
        }

        /** The variance of the mean: that of independent images, or more where images of a part are alike. */
        double variance(double ofAnImage) {
            double mean = mean();
            double clustered = (squared - 2 * mean * squaredWeighted + mean * mean * squaredWeights)
                    / (weights * weights)
                    * parts
                    / Math.max(1, parts - 1);
            return Math.max(clustered, ofAnImage / weights);
        }
    }

    private HeldOutComparison(List<Coordinate> coordinates, HeldOutNumber[] heldOut) {
        this.coordinates = coordinates;
        this.heldOut = heldOut;
        this.traffic = new TrafficSums[heldOut.length];
        for (int j = 0; j < traffic.length; j++) {
            traffic[j] = new TrafficSums();
        }
        this.error = ERROR
                / Math.max(
                        1,
                        coordinates.stream()
                                .filter(coordinate -> coordinate.aspect().single())
                                .count());
    }

    /** With these held-out images. */
    public static HeldOutComparison of(ImageNumbers numbers, Reference reference) {
        List<Coordinate> coordinates = numbers.coordinates();
        double[][] rows = reference.rows().stream()
                .map(row -> numbers.of(row.output(), row.observed()))
                .toArray(double[][]::new);
        HeldOutNumber[] heldOut = new HeldOutNumber[coordinates.size()];
        for (int j = 0; j < heldOut.length; j++) {
            heldOut[j] = number(rows, j, coordinates.get(j).isShare());
        }
        return new HeldOutComparison(coordinates, heldOut);
    }

    private static HeldOutNumber number(double[][] rows, int j, boolean isShare) {
        long count = 0;
        double mean = 0;
        double squares = 0;
        for (double[] row : rows) {
            if (!Double.isNaN(row[j])) {
                count++;
                double distance = row[j] - mean;
                mean += distance / count;
                squares += distance * (row[j] - mean);
            }
        }
        double deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
        return new HeldOutNumber(count, mean, deviation == 0 && isShare ? unseen(count) : deviation);
    }

    /**
     * The standard deviation of what none or all of some images showed: it may be rare, and is not impossible. Its
     * share by Laplace's rule of succession is {@code 1 / (n + 2)}.
     */
    private static double unseen(long count) {
        double share = 1 / (count + 2.0);
        return Math.sqrt(share * (1 - share));
    }

    /** Takes in a part of the traffic: the means of so many images. */
    public void add(long count, double[] means) {
        images += count;
        for (int j = 0; j < means.length; j++) {
            if (!Double.isNaN(means[j])) {
                traffic[j].add((double) count, means[j]);
            }
        }
    }

    /** What differs, the clearest first: {@code before} is the value of the held-out images. */
    public List<Finding> differences() {
        List<Finding> findings = new ArrayList<>();
        if (images < MIN_IMAGES) {
            return findings;
        }
        double multiple = AsymptoticSequence.radius((double) images, error, TIGHTEST) * Math.sqrt((double) images);
        double fixed = -ConformalRank.normalQuantile(error / 2);
        for (int j = 0; j < heldOut.length; j++) {
            Coordinate coordinate = coordinates.get(j);
            HeldOutNumber before = heldOut[j];
            if (coordinate.aspect().single() && before.count() >= Reference.MIN_IMAGES && traffic[j].weights > 0) {
                double variance = before.deviation() * before.deviation();
                double live = Math.sqrt(traffic[j].variance(variance));
                double judged = Math.sqrt(variance / before.count());
                double difference = traffic[j].mean() - before.mean();
                if (Math.abs(difference) > Math.max(before.matters(), multiple * live + fixed * judged)) {
                    findings.add(new Finding(
                            coordinate.name(),
                            coordinate.unit(),
                            coordinate.scale().plain(before.mean()),
                            coordinate.scale().plain(traffic[j].mean()),
                            difference / Math.max(Math.hypot(live, judged), 1e-9)));
                }
            }
        }
        findings.sort(Comparator.comparingDouble((Finding finding) -> -Math.abs(finding.deviations())));
        return findings;
    }
}
