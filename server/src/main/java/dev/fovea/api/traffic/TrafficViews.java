package dev.fovea.api.traffic;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TallyCell;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficTally;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What the API shows of logged traffic. */
public final class TrafficViews {

    private static final double MICROS_PER_MS = 1000;

    private TrafficViews() {}

    /**
     * A model's traffic in a time.
     *
     * @param from the first time
     * @param to the time after the last
     * @param predictions all of them
     * @param versions the figures of each version
     * @param hours length of the stretches of the series, in hours
     * @param series the figures of each stretch and version
     * @param losses what is missing, as far as this server knows; empty where no server answers
     */
    @Schema(name = "LoggedTraffic")
    public record TrafficView(
            String model,
            String from,
            String to,
            long predictions,
            List<VersionTrafficView> versions,
            int hours,
            List<TrafficPointView> series,
            Optional<LossesView> losses) {

        /** The same with what is missing. */
        TrafficView with(LossesView missing) {
            return new TrafficView(model, from, to, predictions, versions, hours, series, Optional.of(missing));
        }
    }

    /**
     * Predictions of a model that are not in the log, since this server started.
     *
     * @param dropped more came than could be taken in
     * @param lost could not be written
     * @param problem what keeps predictions from being written now
     */
    @Schema(name = "TrafficLosses")
    public record LossesView(long dropped, long lost, Optional<String> problem) {}

    /**
     * A version's traffic.
     *
     * @param version empty for responses of remote services and default responses
     * @param predictions all of them
     * @param cached those that ran no network
     * @param escalated those that a larger model responded to
     * @param fallbacks those for another model that failed
     * @param confidence of the best label
     * @param latencyMs from the request to the response
     * @param labels the predicted labels, the most frequent first
     */
    @Schema(name = "VersionTraffic")
    public record VersionTrafficView(
            Optional<Integer> version,
            long predictions,
            long cached,
            long escalated,
            long fallbacks,
            Optional<ConfidenceView> confidence,
            LatencyQuantilesView latencyMs,
            List<LabelTrafficView> labels) {}

    /** Mean and quantiles of a confidence, within 0.005. */
    @Schema(name = "TrafficConfidence")
    public record ConfidenceView(double mean, double p5, double p50, double p95) {}

    /** Quantiles of a time in milliseconds, within 1 %. */
    @Schema(name = "TrafficLatency")
    public record LatencyQuantilesView(double p50, double p95, double p99) {}

    /** How often a label was predicted, and its mean score. */
    @Schema(name = "LabelTraffic")
    public record LabelTrafficView(String label, long count, double meanScore) {}

    /**
     * The figures of a version in a stretch of hours.
     *
     * @param time its beginning
     * @param version empty for responses of no version
     * @param meanConfidence of the best label
     * @param labels how often the most frequent labels were predicted
     * @param measures of the images, by name
     */
    @Schema(name = "TrafficPoint")
    public record TrafficPointView(
            String time,
            Optional<Integer> version,
            long predictions,
            Optional<Double> meanConfidence,
            Map<String, Long> labels,
            Map<String, MeasureView> measures) {}

    /** A measure of images. */
    @Schema(name = "TrafficMeasure")
    public record MeasureView(double mean, double deviation) {}

    private static final int SERIES_LABELS = 20;

    /** The view of a tally. */
    public static TrafficView of(TrafficFilter filter, TrafficTally tally) {
        int hours = filter.stretchHours();
        List<VersionTrafficView> versions = new ArrayList<>();
        tally.versions().forEach((version, cell) -> versions.add(version(version, cell)));
        List<TrafficPointView> series = new ArrayList<>();
        tally.every(hours)
                .forEach((slot, cell) -> series.add(new TrafficPointView(
                        slot.start().toString(),
                        number(slot.version()),
                        cell.rows(),
                        finite(cell.meanConfidence()),
                        top(cell.labels()),
                        measures(cell))));
        return new TrafficView(
                filter.model(),
                filter.from().toString(),
                filter.to().toString(),
                tally.rows(),
                versions,
                hours,
                series,
                Optional.empty());
    }

    private static VersionTrafficView version(int version, TallyCell cell) {
        return new VersionTrafficView(
                number(version),
                cell.rows(),
                cell.cached(),
                cell.escalated(),
                cell.fallbacks(),
                finite(cell.meanConfidence())
                        .map(mean -> new ConfidenceView(
                                rounded(mean), cell.confidence(0.05), cell.confidence(0.5), cell.confidence(0.95))),
                new LatencyQuantilesView(millis(cell, 0.5), millis(cell, 0.95), millis(cell, 0.99)),
                cell.labels().entrySet().stream()
                        .map(label -> new LabelTrafficView(
                                label.getKey(),
                                label.getValue().count(),
                                rounded(label.getValue().score()
                                        / label.getValue().count())))
                        .sorted(Comparator.comparing(LabelTrafficView::count).reversed())
                        .toList());
    }

    private static double millis(TallyCell cell, double share) {
        return Math.round(cell.micros().quantile(share) / MICROS_PER_MS * 100) / 100.0;
    }

    private static Map<String, Long> top(SortedMap<String, TallyCell.LabelTally> labels) {
        Map<String, Long> top = new LinkedHashMap<>();
        labels.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, TallyCell.LabelTally> label) ->
                                label.getValue().count())
                        .reversed())
                .limit(SERIES_LABELS)
                .forEach(label -> top.put(label.getKey(), label.getValue().count()));
        return top;
    }

    private static Map<String, MeasureView> measures(TallyCell cell) {
        Map<String, MeasureView> measures = new LinkedHashMap<>();
        for (InputMeasure measure : InputMeasure.values()) {
            TallyCell.MeasureTally tally = cell.measure(measure);
            if (tally.count() > 0) {
                measures.put(measure.label(), new MeasureView(rounded(tally.mean()), rounded(tally.deviation())));
            }
        }
        return measures;
    }

    private static Optional<Integer> number(int version) {
        return version == LoggedPrediction.NO_VERSION ? Optional.empty() : Optional.of(version);
    }

    private static Optional<Double> finite(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(rounded(value));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
