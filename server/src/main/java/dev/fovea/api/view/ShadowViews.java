package dev.fovea.api.view;

import dev.fovea.fault.FoveaException;
import dev.fovea.serving.shadow.Shadow;
import dev.fovea.serving.shadow.ShadowDifference;
import dev.fovea.serving.shadow.ShadowTotals;
import dev.fovea.serving.shadow.Shadows;
import dev.fovea.statistics.Interval;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API shows of versions in shadow. */
public final class ShadowViews {

    private static final double NANOS_PER_MS = 1e6;

    private ShadowViews() {}

    /**
     * A version in shadow and its results.
     *
     * @param version the candidate
     * @param percent share of the requests that it sees
     * @param started when
     * @param startedBy who
     * @param images where images with different predictions are kept
     * @param results what was compared
     * @param problem why the candidate cannot predict on this server
     */
    @Schema(name = "Shadow")
    public record ShadowView(
            int version,
            double percent,
            String started,
            String startedBy,
            Optional<KeptImagesView> images,
            ShadowResultsView results,
            Optional<String> problem) {}

    /** Where images are kept, and how many at most. */
    @Schema(name = "ShadowImages")
    public record KeptImagesView(String dataset, int max) {}

    /**
     * What was compared.
     *
     * @param compared images that both versions predicted
     * @param different of these, images with another prediction
     * @param agreement share with the same prediction, with its 95 % interval
     * @param dropped requests left out, because no core was free in time
     * @param failures failed predictions of the candidate, by error code
     * @param changes different predictions as "production → candidate", with their counts
     * @param productionMs mean time of production per compared image, without waiting
     * @param candidateCpuMs mean CPU time of the candidate per compared image
     */
    @Schema(name = "ShadowResults")
    public record ShadowResultsView(
            long compared,
            long different,
            Optional<Views.Figure> agreement,
            long dropped,
            Map<String, Long> failures,
            Map<String, Long> changes,
            double productionMs,
            double candidateCpuMs) {}

    /**
     * An image with different predictions.
     *
     * @param weight how much they differ, 0 to 1
     * @param production what only production predicts
     * @param candidate what only the candidate predicts
     * @param image SHA-256 of the kept image in the shadow's data set
     */
    @Schema(name = "ShadowDifference")
    public record DifferenceView(
            String at, String requestId, double weight, String production, String candidate, Optional<String> image) {}

    /** A page of differences, the greatest first. */
    @Schema(name = "ShadowDifferences")
    public record DifferencePage(List<DifferenceView> differences) {}

    public static ShadowView of(Shadows.ShadowStatus status, Optional<FoveaException> problem) {
        Shadow shadow = status.shadow();
        ShadowTotals totals = status.totals();
        double images = Math.max(1, totals.compared());
        return new ShadowView(
                shadow.version().version(),
                shadow.percent(),
                shadow.started().toString(),
                shadow.startedBy(),
                shadow.images().map(kept -> new KeptImagesView(kept.dataset(), kept.max())),
                new ShadowResultsView(
                        totals.compared(),
                        totals.different(),
                        status.agreement().map(ShadowViews::figure),
                        totals.dropped(),
                        totals.failures(),
                        totals.changes(),
                        totals.times().production() / NANOS_PER_MS / images,
                        totals.times().candidate() / NANOS_PER_MS / images),
                problem.map(FoveaException::getMessage));
    }

    private static Views.Figure figure(Interval interval) {
        return new Views.Figure(interval.value(), interval.low(), interval.high());
    }

    public static DifferenceView of(ShadowDifference each) {
        return new DifferenceView(
                each.at().toString(),
                each.requestId(),
                each.difference().weight(),
                each.difference().production(),
                each.difference().candidate(),
                each.image());
    }
}
