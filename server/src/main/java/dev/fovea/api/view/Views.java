package dev.fovea.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.pipeline.search.SearchRecord;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Rollout;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the API shows of models; field names become snake_case. */
public final class Views {

    private Views() {}

    /** A figure with its 95 % interval. */
    @Schema(name = "Figure")
    public record Figure(double value, double low, double high) {}

    /** Traffic on trial. */
    @Schema(name = "Canary")
    public record Canary(int version, double percent) {

        /** That of a model, where it has one. */
        public static Optional<Canary> of(RegisteredModel model) {
            return switch (model.rollout()) {
                case Rollout.None() -> Optional.empty();
                case Rollout.CanaryTraffic(int version, double percent) -> Optional.of(new Canary(version, percent));
                case Rollout.SplitTraffic ignored -> Optional.empty();
            };
        }

        /** The shares of the versions beside production in an experiment; empty without one. */
        public static List<Canary> split(RegisteredModel model) {
            return switch (model.rollout()) {
                case Rollout.None() -> List.of();
                case Rollout.CanaryTraffic ignored -> List.of();
                case Rollout.SplitTraffic split ->
                    split.percents().entrySet().stream()
                            .map(share -> new Canary(share.getKey(), share.getValue()))
                            .toList();
            };
        }
    }

    /** All models. */
    @Schema(name = "ModelList")
    public record Models(List<ModelSummary> models) {}

    /** One row of the list of models. */
    @Schema(name = "ModelSummary")
    record ModelSummary(
            String name,
            String task,
            List<String> labels,
            @JsonUnwrapped Traffic traffic,
            @JsonUnwrapped VersionCounts counts,

            Optional<Figure> accuracy,
            double requestsPerSecond,
            Optional<ModelAlert> alert) {

        /** Which versions get requests. */
        public record Traffic(
                Optional<Integer> production,
                Optional<Integer> candidate,
                Optional<Canary> canary,

                @Schema(description = "Shares of the versions beside production in an experiment")
                List<Canary> split) {}

        /** How many versions there are. */
        public record VersionCounts(
                @Schema(description = "Without those that are archived")
                int versions,

                int archivedVersions,

                @Schema(description = "The newest version that is not archived")
                int latest) {}
    }

    /**
     * What owners should know of the traffic of a production version.
     *
     * @param kind {@code drift}, or {@code unlike-held-out}
     * @param since when it began
     * @param message all of it in words
     */
    @Schema(name = "ModelAlert")
    public record ModelAlert(String kind, int version, Instant since, String message) {}

    /** A model with its versions and trail, both newest first. */
    @Schema(name = "Model")
    public record Model(
            String name,
            String task,
            List<String> labels,
            @JsonUnwrapped Aliases aliases,
            @JsonUnwrapped Listed listed,
            @JsonUnwrapped Load load,
            @JsonUnwrapped Helpers assistance,

            List<AuditRow> audit) {

        /** Which versions get requests. */
        public record Aliases(
                Optional<Integer> production,
                Optional<Integer> previous,
                Optional<Integer> candidate,
                Optional<Canary> canary,

                @Schema(description = "Shares of the versions beside production in an experiment")
                List<Canary> split,

                @Schema(description = "The version in shadow; its results are at /v1/models/{name}/shadow")
                Optional<Integer> shadow) {}

        /** What its production version does. */
        public record Load(
                Optional<Figure> accuracy,
                double requestsPerSecond,
                Optional<Double> peakRequestsPerSecond,
                Optional<ModelAlert> alert) {}

        /** Which other models help out. */
        public record Helpers(
                Optional<AssistanceViews.CascadeView> cascade, Optional<AssistanceViews.FallbackView> fallback) {}

        /** Its versions, newest first. */
        public record Listed(
                int latest,
                int archivedVersions,

                @Schema(description = "Archived ones only with ?archived=true")
                List<VersionSummary> versions) {}
    }

    /** One version in a list. */
    @Schema(name = "VersionSummary")
    public record VersionSummary(
            int version,

            @Schema(description = "Set aside: not loaded and not promoted until it is restored")
            boolean archived,

            @Schema(allowableValues = {"registered", "loading", "warming", "ready", "draining", "retired", "failed"})
            String state,

            Optional<String> failure,
            List<String> aliases,
            Instant createdAt,
            Optional<Figure> accuracy,
            @JsonUnwrapped VersionContent content) {

        /** What its bundle holds. */
        public record VersionContent(
                long parameters,
                long sizeBytes,

                @Schema(description = "What it was quantized to, if it was: int8, int8-weights or fp16")
                Optional<String> precision,

                Optional<String> dataset,
                String note) {}
    }

    /** Everything about one version. */
    @Schema(name = "Version")
    public record Version(
            @JsonUnwrapped VersionSummary summary,
            List<String> labels,
            String input,
            @Schema(implementation = Map.class) Optional<JsonNode> contract,
            @JsonUnwrapped VersionFigures figures,

            @Schema(implementation = QuantizationReport.class)
            Optional<JsonNode> quantization,

            LineageView lineage) {}

    /** Where a version came from. */
    @Schema(name = "Lineage")
    record LineageView(
            Optional<String> dataset,
            Optional<String> parent,
            Map<String, String> settings,
            String codeVersion,
            String machine,
            double trainingSeconds,

            @Schema(
                    implementation = SearchRecord.class,
                    description = "How it was found, if it is the winner of a search")
            Optional<JsonNode> search) {}

    /** One line of the trail. */
    @Schema(name = "AuditEntry")
    record AuditRow(Instant at, String who, String action, Optional<Integer> version, String reason, String detail) {}

    /** What a promotion did. */
    @Schema(name = "PromotionResult")
    public record PromotionResult(
            @Schema(description = "Whether the version was in production already; then nothing changed")
            boolean unchanged,

            @Schema(description = "What happened, in a sentence")
            String message,

            Model model) {}

    /** What a rollback did. */
    @Schema(name = "Rollback")
    public record RollbackResult(int from, int to, double tookMs, Model model) {}

    /** The program. */
    @Schema(name = "Status")
    public record StatusView(
            String program,
            String version,
            Instant startedAt,
            int models,

            @Schema(description = "Name of the API key of this request; null where it has none")
            Optional<String> caller) {}

    /** Figures on test images; documentation of what is stored as JSON. */
    @Schema(name = "Evaluation")
    public record EvaluationView(
            int images,
            Map<String, Integer> failed,
            Figure accuracy,
            Macro macro,
            List<ClassView> classes,
            List<List<Long>> confusion,
            CalibrationView calibration,
            VerdictView verdict) {}

    /** Whether a classifier is of use, in plain words; computed from the other figures. */
    @Schema(name = "Verdict")
    record VerdictView(
            @Schema(
                    allowableValues = {"usable", "classes_never_found", "no_better_than_majority", "worse_than_majority"
                    })
            String outcome,

            @Schema(description = "How many images it rests on")
            long images,

            MajorityView majority,
            Figure accuracy,

            @Schema(description = "Mean recall of the classes that images show (macro recall)")
            Figure balancedAccuracy,

            @Schema(description = "Classes with images of which none was recognized")
            List<NeverFoundView> neverFound,

            @Schema(description = "Labels that no image shows")
            List<String> unseen,

            @Schema(description = "For people, the most important first")
            List<String> sentences) {}

    /** The constant prediction of the most frequent class. */
    @Schema(name = "Majority")
    record MajorityView(
            String label,

            @Schema(description = "Share of the images that show it, 0 to 1")
            double share,

            @Schema(description = "Accuracy less this share, with its paired 95 % interval")
            Figure gain,

            @Schema(description = "Of McNemar's mid-p test") double pValue) {}

    /** A class of which no image was recognized. */
    @Schema(name = "NeverFound")
    record NeverFoundView(String label, long support, Figure recall) {}

    /** Unweighted means over classes. */
    @Schema(name = "Macro")
    record Macro(double precision, double recall, double f1) {}

    /** Figures of one class. */
    @Schema(name = "ClassEvaluation")
    record ClassView(
            String label, long support, Optional<Figure> precision, Optional<Figure> recall, Optional<Figure> f1) {}

    /** Expected calibration error before and after temperature scaling. */
    @Schema(name = "Calibration")
    record CalibrationView(double before, double after, double temperature) {}
}
