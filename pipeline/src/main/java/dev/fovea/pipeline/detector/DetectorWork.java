package dev.fovea.pipeline.detector;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.quantization.Int8Trial;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.pipeline.request.DetectorRequest;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.pipeline.run.RunSubject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Trains a detector as a request states, with a run on record, and tries an INT8 version of it. */
public final class DetectorWork {

    private final JobTools tools;
    private final DatasetCheckout data;
    private final Backbones backbones;

    /** Work on folders, and on data sets that are written to folders. */
    public DetectorWork(JobTools tools, DatasetCheckout data, Backbones backbones) {
        this.tools = tools;
        this.data = data;
        this.backbones = backbones;
    }

    /**
     * A training of a detector and what followed it.
     *
     * @param int8 of its INT8 version; empty when none was tried
     */
    public record TrainedDetector(
            DetectorTraining.DetectorResult result, Optional<ModelQuantization.VersionQuantization> int8) {}

    /** Whether the images of a folder or data set have boxes to train a detector from, and no class for each. */
    public boolean hasBoxes(String source) {
        Optional<ImageTask> task = data.task(source);
        return task.map(known -> known == ImageTask.DETECTION).orElseGet(() -> hasBoxes(Path.of(source)));
    }

    /** {@code DATASET_INVALID} for images that have boxes, where classes are needed. */
    public void requireNoBoxes(String source) {
        if (hasBoxes(source)) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s has images with boxes, and a bar is for classifiers, whose images have one class each. Train a detector without a bar, or give a folder for each class."
                            .formatted(source));
        }
    }

    private static boolean hasBoxes(Path folder) {
        return Files.exists(folder)
                && DetectionFolder.recognise(DetectionFolder.root(folder)).isPresent()
                && (Files.isRegularFile(folder)
                        || ClassificationFolder.recognise(folder) instanceof ClassificationFolder.Other);
    }

    /** Trains, and tries an INT8 version of what is usable unless the request leaves that out. */
    public TrainedDetector train(DetectorRequest request, DetectorListener listener) {
        data.requireTask(request.data(), ImageTask.DETECTION);
        Optional<String> version = data.pinned(request.data());
        String images = version.orElse(request.data());
        DetectorSpec spec = DetectorSpec.of(
                request.withData(images).withPaths(data),
                backbones.resolve(request.network().reference()),
                version);
        RunRecording run = tools.recording(
                new RunSubject(
                        request.subject(),
                        Optional.empty(),
                        images,
                        request.work(),
                        listener.progress().job()),
                spec.described());
        DetectorTraining.DetectorResult result = run.during(
                () -> new DetectorTraining(tools).run(spec, listener.with(run)),
                DetectorTraining.DetectorResult::version);
        if (!request.int8().orElse(true)) {
            return new TrainedDetector(result, Optional.empty());
        }
        if (!result.verdict().clearsFloor()) {
            listener.note("No INT8 version was made: the model is not usable.");
            return new TrainedDetector(result, Optional.empty());
        }
        return new TrainedDetector(
                result,
                Int8Trial.of(
                        tools,
                        result.version(),
                        (step, done, of) -> listener.progress().counting().at("int8: " + step, done, of),
                        listener.notes()));
    }
}
