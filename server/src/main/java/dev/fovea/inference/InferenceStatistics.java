package dev.fovea.inference;

import dev.fovea.monitoring.Stage;
import dev.fovea.monitoring.StageTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A version's totals in the names of the protocol's statistics extension. */
record InferenceStatistics(List<ModelStatistics> modelStats) {

    /** A count and the nanoseconds that belong to it. */
    record StatisticDuration(long count, long ns) {}

    /** Durations by stage. */
    record InferStats(
            StatisticDuration success,
            StatisticDuration fail,
            StatisticDuration queue,
            StatisticDuration computeInput,
            StatisticDuration computeInfer,
            StatisticDuration computeOutput) {}

    /** One version. */
    record ModelStatistics(
            String name,
            String version,
            long lastInference,
            long inferenceCount,
            long executionCount,
            InferStats inferenceStats) {

        /** The same as a gRPC message. */
        dev.fovea.wire.ModelStatistics message() {
            return dev.fovea.wire.ModelStatistics.newBuilder()
                    .setName(name)
                    .setVersion(version)
                    .setLastInference(lastInference)
                    .setInferenceCount(inferenceCount)
                    .setExecutionCount(executionCount)
                    .setInferenceStats(dev.fovea.wire.InferStatistics.newBuilder()
                            .setSuccess(message(inferenceStats.success()))
                            .setFail(message(inferenceStats.fail()))
                            .setQueue(message(inferenceStats.queue()))
                            .setComputeInput(message(inferenceStats.computeInput()))
                            .setComputeInfer(message(inferenceStats.computeInfer()))
                            .setComputeOutput(message(inferenceStats.computeOutput())))
                    .build();
        }

        private static dev.fovea.wire.StatisticDuration message(StatisticDuration duration) {
            return dev.fovea.wire.StatisticDuration.newBuilder()
                    .setCount(duration.count())
                    .setNs(duration.ns())
                    .build();
        }
    }

    static InferenceStatistics of(List<InferenceCatalog.Statistics> statistics) {
        return new InferenceStatistics(
                statistics.stream().map(InferenceStatistics::of).toList());
    }

    static ModelStatistics of(InferenceCatalog.Statistics statistics) {
        StageTotals totals = statistics.totals();
        return new ModelStatistics(
                statistics.name(),
                Integer.toString(totals.version()),
                totals.last().map(Instant::toEpochMilli).orElse(0L),
                totals.succeeded(),
                totals.succeeded(),
                new InferStats(
                        spent(totals, Stage.TOTAL),
                        new StatisticDuration(totals.failed(), 0),
                        spent(totals, Stage.QUEUE),
                        new StatisticDuration(
                                totals.succeeded(), nanos(totals, Stage.DECODE) + nanos(totals, Stage.PREPROCESS)),
                        spent(totals, Stage.INFER),
                        spent(totals, Stage.POSTPROCESS)));
    }

    private static StatisticDuration spent(StageTotals totals, Stage stage) {
        return new StatisticDuration(totals.succeeded(), nanos(totals, stage));
    }

    private static long nanos(StageTotals totals, Stage stage) {
        return totals.spent().getOrDefault(stage, Duration.ZERO).toNanos();
    }
}
