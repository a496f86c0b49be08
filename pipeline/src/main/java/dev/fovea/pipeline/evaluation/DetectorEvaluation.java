package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.evaluation.DetectedObject;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.quantize.calibration.QuantizationProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates a detector. Average precision uses scores down to {@value #MIN_SCORE}, as in COCO. Found and missed objects
 * are counted at the score threshold of the version.
 */
public final class DetectorEvaluation {

    private static final double MIN_SCORE = 0.001;

    private final JobTools workshop;

    /** An evaluation with these tools. */
    public DetectorEvaluation(JobTools workshop) {
        this.workshop = workshop;
    }

    /**
     * An image to evaluate on.
     *
     * @param contentHash SHA-256 of the file
     * @param name relative to the folder
     */
    public record ImageWithBoxes(LabelledBoxes labelled, String contentHash, String name) {}

    /**
     * What a detector that is not registered yet found.
     *
     * @param results of each image, to be recorded
     */
    public record DetectorScores(DetectionReport report, List<EvaluationRecorder.RecordedImages> results) {
        public DetectorScores {
            results = List.copyOf(results);
        }
    }

    /** Evaluates a bundle on the serving path. */
    public DetectorScores scores(Bundle bundle, List<ImageWithBoxes> images, QuantizationProgress progress) {
        List<ImageDetections> detected = new ArrayList<>();
        List<EvaluationRecorder.RecordedImages> results = detect(bundle, images, detected, progress);
        return new DetectorScores(DetectionReport.of(detected, bundle.manifest().labels()), results);
    }

    /**
     * Images of a folder, each once, without those that the model learned from.
     *
     * @param learnedFrom number of images left out because a model learned from them
     * @param repeated number of files left out as duplicates
     * @param notes on the folder, as sentences
     */
    record DetectorImages(List<ImageWithBoxes> images, int learnedFrom, int repeated, List<String> notes) {

        List<LabelledBoxes> labelled() {
            return images.stream().map(ImageWithBoxes::labelled).toList();
        }

        List<Path> files() {
            return images.stream().map(seen -> seen.labelled().image()).toList();
        }
    }

    /** As {@link ModelEvaluation#run}. */
    ModelEvaluation.EvaluationResult run(
            ModelEvaluation.EvaluationSpec order,
            Bundle bundle,
            Path folder,
            Set<String> learned,
            QuantizationProgress progress) {
        Manifest manifest = bundle.manifest();
        DetectorImages read = images(folder, manifest.labels(), learned);
        List<ImageWithBoxes> images = read.images();
        List<ImageDetections> detected = new ArrayList<>();
        List<EvaluationRecorder.RecordedImages> results = detect(bundle, images, detected, progress);
        DetectionReport report = DetectionReport.of(detected, manifest.labels());
        progress.at("thumbnails", 0, 1);
        Evaluation evaluation = new EvaluationRecorder(workshop.evaluations())
                .record(new EvaluationRecorder.NewEvaluation(
                        order.id(),
                        order.version().id(),
                        order.origin(),
                        Task.DETECTION,
                        new Evaluation.EvaluationSource(
                                id(images, manifest.labels()),
                                ModelEvaluation.name(folder),
                                images.size(),
                                read.learnedFrom(),
                                read.repeated()),
                        new DetectionReportJson().write(report),
                        results));
        progress.at("thumbnails", 1, 1);
        boolean isKnown =
                workshop.datasets().find(order.version().lineage().dataset()).isPresent();
        return new ModelEvaluation.EvaluationResult(
                evaluation,
                new ModelEvaluation.Report.Objects(report),
                Stream.concat(
                                read.notes().stream(),
                                EvaluationNotes.of(order, read.learnedFrom(), read.repeated(), List.of(), isKnown)
                                        .stream())
                        .toList());
    }

    /** Reads a folder; {@code DATASET_INVALID} when no image is left. */
    DetectorImages images(Path folder, List<String> labels, Set<String> learned) {
        Set<String> hashes = new HashSet<>();
        List<ImageWithBoxes> images = new ArrayList<>();
        int learnedFrom = 0;
        int repeated = 0;
        DetectionImages read = DetectionImages.read(folder, labels);
        for (LabelledBoxes image : read.images()) {
            String hash = DatasetVersion.contentHash(CandidateModel.read(image.image()));
            if (!hashes.add(hash)) {
                repeated++;
            } else if (learned.contains(hash)) {
                learnedFrom++;
            } else {
                images.add(new ImageWithBoxes(image, hash, relative(folder, image.image())));
            }
        }
        if (images.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s leaves no image with boxes to evaluate on. Use images that the model has not seen."
                            .formatted(folder));
        }
        return new DetectorImages(images, learnedFrom, repeated, read.notes());
    }

    /** What a detector finds, for a comparison that is not recorded. */
    List<ImageDetections> detections(Bundle bundle, DetectorImages images, QuantizationProgress progress) {
        List<ImageDetections> detected = new ArrayList<>();
        List<EvaluationRecorder.RecordedImages> _ = detect(bundle, images.images(), detected, progress);
        return detected;
    }

    private List<EvaluationRecorder.RecordedImages> detect(
            Bundle bundle, List<ImageWithBoxes> images, List<ImageDetections> detected, QuantizationProgress progress) {
        List<String> labels = bundle.manifest().labels();
        DecoderConfig decoder = DetectorRun.decoder(bundle);
        List<EvaluationRecorder.RecordedImages> results = new ArrayList<>();
        try (DetectorRun model = DetectorRun.open(workshop, bundle, MIN_SCORE)) {
            for (ImageWithBoxes seen : images) {
                LabelledBoxes image = seen.labelled();
                Path file = image.image();
                ImageResult result;
                try {
                    ImageDetections found = new ImageDetections(
                            image.boxes(), image.ignored(), model.detections(CandidateModel.read(file)));
                    detected.add(found);
                    result = new ImageResult.Detected(
                            image.size().width(),
                            image.size().height(),
                            DetectedObject.match(found, labels, decoder.score()),
                            ImageResult.ClassDetections.of(found, labels));
                } catch (FoveaException e) {
                    if (e.code() == ErrorCode.CANCELLED) {
                        throw e;
                    }
                    detected.add(new ImageDetections(image.boxes(), image.ignored(), List.of()));
                    result = new ImageResult.FailedPrediction("", e.code().name(), e.getMessage());
                }
                results.add(new EvaluationRecorder.RecordedImages(file, seen.name(), seen.contentHash(), result));
                progress.at("images", results.size(), images.size());
            }
        }
        return results;
    }

    private static String id(List<ImageWithBoxes> images, List<String> labels) {
        return DatasetVersion.idOf(images.stream()
                .map(seen -> new DatasetVersion.LabelledContent(
                        seen.labelled().boxes().stream()
                                .map(box -> labels.get(box.label()) + " " + box.box())
                                .collect(Collectors.joining(";")),
                        Split.TEST,
                        seen.contentHash()))
                .toList());
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
