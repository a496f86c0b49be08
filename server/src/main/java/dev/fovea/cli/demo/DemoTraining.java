package dev.fovea.cli.demo;

import dev.fovea.api.view.ModelViews;
import dev.fovea.cli.learn.TrainingProgress;
import dev.fovea.cli.release.ModelsCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.FabricDataset;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.ModelTraining;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.pipeline.request.TeacherRequest;
import dev.fovea.pipeline.request.TrainRequest;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Draws and trains the demo's model. */
final class DemoTraining {

    private static final long SEED = 20;

    private final Application application;
    private final String model;
    private final Path folder;
    private final Terminal terminal;

    DemoTraining(Application application, String model, Path folder, Terminal terminal) {
        this.application = application;
        this.model = model;
        this.folder = folder;
        this.terminal = terminal;
    }

    /** Draws the labelled images, and faults such as real folders have. */
    static FabricDataset.Planted draw(Path folder, Terminal terminal) {
        return new FabricDataset(SEED)
                .write(
                        folder,
                        (done, total) -> terminal.progress(
                                "draw", (double) done / total, Optional.empty(), done + " of " + total + " images"));
    }

    /** As a job, within a budget of time but no fewer epochs than the minimum. */
    JobWork.Trained train(String size, Duration budget, int minEpochs, boolean isLarger) {
        TrainRequest request = new TrainRequest(
                model,
                folder.toString(),
                TrainRequest.TrainNetworkRequest.fresh("", size, Optional.empty()),
                new TrainRequest.TrainScheduleRequest(
                        Optional.of(budget.toMillis() / 60_000.0),
                        Optional.of(minEpochs),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        TeacherRequest.NONE),
                "",
                "",
                Optional.of(isLarger),
                isLarger ? "larger" : "small");
        return application
                .jobs()
                .run(
                        request,
                        terminal::progress,
                        progress -> application
                                .work()
                                .train(request, new TrainingProgress(terminal, isLarger, Optional.empty(), progress)),
                        JobOutcomes::of);
    }

    static String figures(ModelTraining.TrainingResult result) {
        return String.format(
                Locale.ROOT,
                "%s accuracy on %d test images, %,d weights, trained in %.0f s, calibration error %.3f → %.3f",
                ModelsCommand.accuracy(ModelViews.accuracy(result.version())),
                result.evaluation().images(),
                result.version().registration().size().parameters(),
                result.learning().network().seconds(),
                result.evaluation().calibration().before(),
                result.evaluation().calibration().after());
    }

    /** What each version number stands for, and which one goes on. */
    static String versions(
            ModelVersion larger, Optional<ModelQuantization.VersionQuantization> int8, ModelVersion candidate) {
        String integers = int8.flatMap(ModelQuantization.VersionQuantization::version)
                .map(version -> version.equals(candidate)
                        ? "; version %d is version %d as INT8 and goes on in its place"
                                .formatted(version.number(), larger.number())
                        : "; version %d is version %d as INT8, a candidate that stays out of production"
                                .formatted(version.number(), larger.number()))
                .orElse("");
        return "Version 1 is the small network, version %d the larger one%s.".formatted(larger.number(), integers);
    }
}
