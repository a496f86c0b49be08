package dev.fovea.api.training;

import dev.fovea.pipeline.run.MetricCurve;
import dev.fovea.pipeline.run.RunRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the API shows of runs; field names become snake_case. */
public final class RunViews {

    private RunViews() {}

    /** The newest runs. */
    @Schema(name = "RunList")
    public record RunList(List<RunView> runs) {}

    /** A run: parameters, metrics and tags, as in MLflow. */
    @Schema(name = "Run")
    public record RunView(
            String id,

            @Schema(description = "What was trained from what")
            RunSubjectView subject,

            RunStatusView status,

            @Schema(description = "Every setting by its name, as in the lineage of the version")
            Map<String, String> params,

            @Schema(description = "Figures at the end; those of a registered version are its evaluation on test images")
            Map<String, Double> metrics,

            @Schema(description = "Versions of the program and its libraries, the machine, the person")
            Map<String, String> tags) {

        /**
         * The view of a run.
         *
         * @param shown a path as the caller may see it
         */
        public static RunView of(RunRecord run, UnaryOperator<String> shown) {
            return new RunView(
                    run.id(),
                    new RunSubjectView(
                            run.subject().model(),
                            run.subject().version(),
                            shown.apply(run.subject().data()),
                            run.subject().work(),
                            run.subject().job()),
                    new RunStatusView(
                            run.status().state().word(),
                            run.status().started(),
                            run.status().ended(),
                            Optional.of(run.status().message()).filter(message -> !message.isEmpty())),
                    new TreeMap<>(run.params()),
                    new TreeMap<>(run.metrics()),
                    new TreeMap<>(run.tags()));
        }
    }

    /** What was trained from what. */
    @Schema(name = "RunSubject")
    public record RunSubjectView(
            String model,

            @Schema(description = "The version that it registered")
            Optional<Integer> version,

            @Schema(
                    description =
                            "The data set or folder; a path outside of datasets.roots is shown by its last name only")
            String data,

            @Schema(allowableValues = {"train", "train-anomaly", "train-detector", "train-search"})
            String work,

            @Schema(description = "The job, which may be forgotten")
            Optional<String> job) {}

    /** How a run stands. */
    @Schema(name = "RunStatus")
    public record RunStatusView(
            @Schema(allowableValues = {"running", "done", "failed", "cancelled", "interrupted"})
            String state,

            Instant startedAt,
            Optional<Instant> endedAt,

            @Schema(description = "Why it failed") Optional<String> message) {}

    /** A run with its curves. */
    @Schema(name = "RunDetails")
    public record RunDetails(
            RunView run,

            @Schema(
                    description =
                            "train_loss, val_loss, val_accuracy, learning_rate and images_per_second while it learned; empty where only a head is fitted. A long history is thinned: neighbours become their mean")
            List<CurveView> curves) {

        public static RunDetails of(RunRecord run, UnaryOperator<String> shown) {
            return new RunDetails(
                    RunView.of(run, shown),
                    run.curves().stream()
                            .map(curve -> new CurveView(curve.metric(), curve.points()))
                            .toList());
        }
    }

    /** The history of a metric. */
    @Schema(name = "MetricCurve")
    public record CurveView(String metric, List<MetricCurve.MetricPoint> points) {}
}
