package dev.fovea.storage;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.model.Lineage;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.queue.JobResult;
import dev.fovea.pipeline.request.TrainRequest;
import dev.fovea.registry.Registration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Registrations for tests. */
final class Models {

    /** Hears nothing. */
    static final JobProgress SILENT = (step, fraction, remaining, detail) -> {};

    /** How a job of these tests ends. */
    static final JobOutcome OUTCOME = new JobOutcome(
            new JobResult(Optional.of(3), Optional.of("e-1"), Optional.empty(), List.of("It is good.", "Very.")),
            Optional.of("{\"layers\":[]}"));

    private Models() {}

    /** A request to train a model. */
    static TrainRequest training(String name) {
        return new TrainRequest(
                name,
                "/data/" + name,
                TrainRequest.TrainNetworkRequest.DEFAULT,
                TrainRequest.TrainScheduleRequest.DEFAULT,
                "",
                "",
                Optional.empty(),
                "");
    }

    static Registration registration(String name, String note) {
        return registration(name, note, "{\"images\":180}");
    }

    /** The report of 40 images of two classes, of which 4 were wrong. */
    static String report() {
        List<Scored> scored = IntStream.range(0, 40)
                .mapToObj(
                        i -> new Scored(i % 2, i % 2 == 0 || i < 8 ? new double[] {2, 0} : new double[] {0, 2}, "" + i))
                .toList();
        return new ReportJson()
                .write(ClassificationReport.of(new ScoredImages(List.of("none", "hole"), scored, List.of())));
    }

    static Registration evaluated(String name, String evaluation) {
        return registration(name, "", evaluation);
    }

    private static Registration registration(String name, String note, String evaluation) {
        return new Registration(
                name,
                "classification",
                "ab".repeat(32),
                List.of("none", "hole", "tear"),
                note,
                new Lineage("d1", "", Map.of("epochs", "12", "seed", "7"), "0.1.0", "2 cores", 61.5),
                new Registration.Quality(Map.of("accuracy", 0.93, "mean_confidence", 0.95), evaluation),
                new Registration.NetworkSize(480_000, 120_000));
    }
}
