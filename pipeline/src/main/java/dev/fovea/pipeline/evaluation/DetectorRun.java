package dev.fovea.pipeline.evaluation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.validation.GoldenTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A detector that is loaded with a lower score threshold than its own, to see what it finds less surely. */
public final class DetectorRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ScratchDirectory directory;
    private final LoadedModel model;

    private DetectorRun(ScratchDirectory directory, LoadedModel model) {
        this.directory = directory;
        this.model = model;
    }

    /** The decoder of a detector's bundle. */
    public static DecoderConfig decoder(Bundle bundle) {
        return ((Postprocessing.Decoding) bundle.manifest().postprocessing()).decoder();
    }

    /**
     * Loads a detector.
     *
     * @param minScore the lowest score that is wanted, 0 to 1
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} for a model that takes tensors only
     */
    public static DetectorRun open(JobTools tools, Bundle bundle, double minScore) {
        ScratchDirectory directory = new ScratchDirectory(tools.scratch());
        try {
            return new DetectorRun(
                    directory,
                    LoadedModel.load(
                            tools.engine(),
                            withMinScore(tools, bundle, minScore, directory.resolve("evaluated")),
                            RuntimeSettings.forThisMachine(),
                            tools.workers(),
                            () -> {}));
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** The version with a lower score threshold, and golden vectors for it. */
    private static Bundle withMinScore(JobTools tools, Bundle bundle, double minScore, Path directory) {
        Manifest old = bundle.manifest();
        Map<String, byte[]> golden = new TreeMap<>();
        old.golden().forEach(vector -> golden.put(vector.image(), bundle.goldenImage(vector)));
        byte[] onnx = bundle.model().bytes();
        Postprocessing all = new Postprocessing.Decoding(decoder(bundle).withScore(minScore));
        PreprocessingContract contract = old.contract()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "%s takes tensors instead of images. Import it with a preprocessing contract."
                                .formatted(old.name())));
        return Bundle.write(
                directory,
                new Manifest(
                        old.name(),
                        old.labels(),
                        old.contract(),
                        all,
                        old.evaluation(),
                        old.lineage(),
                        GoldenTest.make(tools.engine(), onnx, contract, all, golden),
                        new TreeMap<>()),
                onnx,
                golden);
    }

    /** What it finds in an image, best first; the errors of {@link LoadedModel#predict}. */
    public List<Detection> detections(byte[] image) {
        PredictionResult result = model.predict(image, Deadline.in(LIMIT)).result();
        return result
                        instanceof
                        PredictionResult.ObjectResult(Decoded.Detections(List<Detection> detections), var ignored)
                ? detections
                : List.of();
    }

    @Override
    public void close() {
        model.close();
        directory.close();
    }
}
