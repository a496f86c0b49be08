package dev.fovea.pipeline.curation;

import dev.fovea.datasets.catalog.ImageTreatment.BlurredRegion;
import dev.fovea.datasets.curation.AddOptions.IntakeBlurring;
import dev.fovea.datasets.curation.RegionFinder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.pool.ModelLease;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Objects that a detector of the registry finds. The owner closes it. Thread-safe. */
public final class DetectedRegions implements RegionFinder, AutoCloseable {

    /** An image waits for others on this machine, never for a person. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final String version;
    private final Set<String> classes;
    private final BlurRequest request;
    private final ModelLease detector;

    private DetectedRegions(ModelVersion version, BlurRequest request, ModelLease detector) {
        this.version = version.id().toString();
        this.classes = new HashSet<>(request.classes());
        this.request = request;
        this.detector = detector;
    }

    /**
     * Opens the detector of a request.
     *
     * @param detectors loads a version, or takes one that is loaded
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code MODEL_NOT_SERVED} without a version
     *     in production, {@code MODEL_SIGNATURE_UNSUPPORTED} for a model that finds no boxes, {@code ARGUMENT_INVALID}
     *     for a class that it does not have, and the errors of {@code detectors}
     */
    public static DetectedRegions open(
            JobTools tools, BlurRequest request, Function<ModelVersion, ModelLease> detectors) {
        ModelVersion version = tools.registry().version(request.model(), request.version());
        Bundle bundle = tools.bundles().bundle(version.bundleId());
        if (!(bundle.manifest().postprocessing() instanceof Postprocessing.Decoding)) {
            throw notADetector(version.id().toString(), version.registration().task());
        }
        request.classes().stream()
                .filter(name -> !version.labels().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "%s finds no \"%s\"; it finds %s. Correct the class, or name none to blur all."
                                    .formatted(
                                            version.id(),
                                            name,
                                            version.labels().stream().limit(20).collect(Collectors.joining(", "))));
                });
        return new DetectedRegions(version, request, detectors.apply(version));
    }

    private static FoveaException notADetector(String version, String task) {
        return new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "%s (%s) finds no boxes that could be blurred. Name a detector; \"fovea models\" lists the models."
                        .formatted(version, task));
    }

    /** For the options of adding. */
    public IntakeBlurring blurring() {
        return new IntakeBlurring(this, request.method());
    }

    @Override
    public String model() {
        return version;
    }

    @Override
    public List<BlurredRegion> find(byte[] file) {
        PredictionResult result =
                detector.model().predict(file, Deadline.in(TIMEOUT)).result();
        if (result
                instanceof
                PredictionResult.ObjectResult(Decoded.Detections(List<Detection> found), List<String> labels)) {
            return found.stream()
                    .filter(each -> classes.isEmpty() || classes.contains(labels.get(each.label())))
                    .map(each -> region(labels.get(each.label()), each))
                    .toList();
        }
        throw notADetector(version, "it gives no boxes");
    }

    private static BlurredRegion region(String label, Detection found) {
        return new BlurredRegion(
                label,
                found.confidence(),
                found.box().x1(),
                found.box().y1(),
                found.box().width(),
                found.box().height());
    }

    @Override
    public void close() {
        detector.close();
    }
}
