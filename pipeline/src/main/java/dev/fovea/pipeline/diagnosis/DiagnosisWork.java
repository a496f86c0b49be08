package dev.fovea.pipeline.diagnosis;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Ingest;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.head.GroupedFiles;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.request.DiagnoseRequest;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.statistics.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the images of a request and diagnoses them. */
public final class DiagnosisWork {

    private final JobTools tools;
    private final DatasetCheckout data;
    private final Function<String, Optional<Interval>> ceiling;

    /**
     * Work with these tools.
     *
     * @param ceiling the accuracy that annotators' agreement allows, by the name of a data set
     */
    public DiagnosisWork(JobTools tools, DatasetCheckout data, Function<String, Optional<Interval>> ceiling) {
        this.tools = tools;
        this.data = data;
        this.ceiling = ceiling;
    }

    /**
     * Diagnoses.
     *
     * @param request with its backbone
     * @throws FoveaException the errors of the folder, the backbone and {@link ModelDiagnosis}
     */
    public Diagnosis run(DiagnoseRequest request, JobProgress progress) {
        QualityTarget target = QualityTarget.parse(request.aim());
        data.requireOneClass(request.data());
        Optional<String> pinned = data.pinned(request.data());
        Backbone backbone = new Backbones(tools.registry(), tools.bundles(), tools.backbones())
                .resolve(request.network().reference());
        Path folder = Path.of(data.data("data", pinned.orElse(request.data())));
        DatasetVersion version = new Ingest(ImageLimits.DEFAULT)
                .run(
                        folder,
                        ClassificationFolder.read(folder).listing(),
                        (done, total) -> progress.at(
                                "images", (double) done / total, Optional.empty(), done + " of " + total + " images"))
                .version();
        List<DatasetVersion.Item> learned = version.items().stream()
                .filter(item -> item.split() != Split.TEST)
                .toList();
        if (learned.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s has no usable images besides its test images. Add images to learn from.".formatted(folder));
        }
        return new ModelDiagnosis(tools)
                .run(
                        new DiagnosisOrder(
                                backbone,
                                version.labels(),
                                GroupedFiles.of(
                                        learned,
                                        item -> TrainingTargets.sample(
                                                Optional.empty(), folder, item, version.labels())),
                                target,
                                request.seed().orElse(0L)),
                        pinned.map(name -> name.substring(0, name.indexOf('@'))).flatMap(ceiling),
                        new Steps(progress));
    }

    private record Steps(JobProgress progress) implements HeadTraining.HeadProgress {

        @Override
        public void at(double fraction, String detail) {
            progress.at("diagnose", fraction, Optional.empty(), detail);
        }

        @Override
        public void note(String sentence) {
            // notes are part of the diagnosis
        }
    }
}
