package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Ingest;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.Lineage;
import dev.fovea.pipeline.TrainingListener.Step;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.StartingNetwork;
import dev.fovea.pipeline.jobs.TrainingDivision;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.quantization.ModelQuantization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of a training: read, checked and divided.
 *
 * @param dataset images with their splits
 * @param saved what was found in the folder, as it is kept
 * @param report the same of the curated data set, where the folder is that of one
 */
record TrainingIntake(DatasetVersion dataset, IngestReport saved, IngestReport report) {

    /** Reads a folder and keeps its list of images; {@code DATASET_INVALID} for too few. */
    static TrainingIntake of(JobTools tools, TrainingSpec order, TrainingListener listener) {
        ClassificationFolder.Labelled folder = ClassificationFolder.read(order.folder());
        folder.notes().forEach(listener::note);
        Ingest.Ingested ingested = new Ingest(ImageLimits.DEFAULT)
                .run(
                        order.folder(),
                        folder.listing(),
                        (done, total) -> listener.progress(
                                Step.INGEST,
                                (double) done / total,
                                Optional.empty(),
                                done + " of " + total + " images"));
        TrainingDivision division = TrainingDivision.of(ingested.version(), order.split(), validating(order));
        DatasetVersion divided = division.version();
        requireEnough(divided, order);
        IngestReport saved = ingested.report().on(divided);
        tools.datasets().save(divided, saved);
        IngestReport report = order.data().map(data -> saved.of(data.version())).orElse(saved);
        listener.ingested(report);
        division.notes().forEach(listener::note);
        weights(divided, order).ifPresent(listener::note);
        order.data().flatMap(data -> data.note(divided)).ifPresent(listener::note);
        repeated(tools, order, divided).ifPresent(listener::note);
        return new TrainingIntake(divided, saved, report);
    }

    private static String validating(TrainingSpec order) {
        return switch (order.start()) {
            case StartingNetwork.Fresh _ -> "to stop training in time";
            case StartingNetwork.Pretrained _, StartingNetwork.Searched _ -> "which a head is fitted to as well";
        };
    }

    /** A head has no class weights; its report says how rare classes are favoured. */
    private static Optional<String> weights(DatasetVersion divided, TrainingSpec order) {
        return switch (order.start()) {
            case StartingNetwork.Fresh _ ->
                TrainingDivision.weights(
                        divided, order.settings().regularization().classWeights());
            case StartingNetwork.Pretrained _, StartingNetwork.Searched _ -> Optional.empty();
        };
    }

    /** Missing validation and test splits are split off the training images; a head needs no validation images. */
    private static void requireEnough(DatasetVersion divided, TrainingSpec order) {
        List<Split> needed = switch (order.start()) {
            case StartingNetwork.Fresh _ -> List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);
            case StartingNetwork.Searched _ -> List.of(Split.TRAIN, Split.TEST);
            case StartingNetwork.Pretrained pretrained ->
                pretrained.isFineTuned()
                        ? List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)
                        : List.of(Split.TRAIN, Split.TEST);
        };
        for (Split split : needed) {
            if (divided.on(split).isEmpty()) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "%s has %d usable images of %d classes, too few to train and evaluate. Add images: ten or more for each class."
                                .formatted(
                                        order.folder(),
                                        divided.items().size(),
                                        divided.labels().size()));
            }
        }
    }

    /** Whether a version was trained from the same images with the same recipe, seed and settings. */
    private static Optional<String> repeated(JobTools tools, TrainingSpec order, DatasetVersion dataset) {
        Map<String, String> wanted = order.described(dataset);
        wanted.remove(Lineage.DATA);
        return tools.registry().models().stream()
                .filter(model -> model.name().equals(order.name()))
                .flatMap(model -> model.versions().stream())
                .filter(version -> version.lineage().dataset().equals(dataset.id())
                        && version.lineage().settings().entrySet().containsAll(wanted.entrySet())
                        && ModelQuantization.precision(version).isEmpty())
                .findFirst()
                .map(version ->
                        "%s was trained from the same images with the same network, settings and seed; this repeats it. Another --seed shows how much chance matters."
                                .formatted(version.id()));
    }
}
