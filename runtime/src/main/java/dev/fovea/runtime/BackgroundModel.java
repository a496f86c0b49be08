package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.Bundle;
import dev.fovea.model.graph.InferenceGraph;
import dev.fovea.model.outputs.CompatibilityCheck;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Postprocessor;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Session;
import java.util.List;

/**
 * A model that predicts beside those that serve, on one thread of its caller: decoding, preprocessing, inference and
 * postprocessing all run there. {@link #lowerPriority} leaves busy cores to the others. Not thread-safe.
 */
public final class BackgroundModel implements AutoCloseable {

    private final Session session;
    private final Decoder decoder;
    private final Preprocessor preprocessor;
    private final Postprocessor postprocessor;

    private BackgroundModel(ModelLoading loading, Preprocessor preprocessor) {
        this.session = loading.session();
        this.decoder = loading.decoder();
        this.preprocessor = preprocessor;
        this.postprocessor = new Postprocessor(loading.bundle().manifest());
    }

    /**
     * Loads a bundle and runs its golden tests; the caller closes it.
     *
     * @throws FoveaException {@code CONTRACT_MISMATCH} for a model that takes no images, {@code VALIDATION_FAILED} and
     *     the errors of {@link CompatibilityCheck} and {@link Engine}
     */
    public static BackgroundModel open(Engine engine, Bundle bundle, RuntimeSettings settings) {
        ModelLoading loading = ModelLoading.open(
                engine, bundle, InferenceGraph::of, settings.with(new InstanceSettings(1, 1, 1)), () -> {});
        try {
            return new BackgroundModel(
                    loading,
                    loading.preprocessor()
                            .orElseThrow(() -> new FoveaException(
                                    ErrorCode.CONTRACT_MISMATCH,
                                    "%s takes tensors and no images: it was imported without a preprocessing contract. Import it again with one."
                                            .formatted(bundle.manifest().name()))));
        } catch (RuntimeException e) {
            loading.session().close();
            throw e;
        }
    }

    /**
     * Gives the calling platform thread a tenth of the usual share of a busy core, until it ends.
     *
     * @return false where the system cannot; the thread then competes with the others
     */
    public static boolean lowerPriority() {
        return ThreadNiceness.set(ThreadNiceness.BACKGROUND);
    }

    /**
     * Predicts one image on the calling thread.
     *
     * @throws FoveaException the errors of {@link Decoder}, {@code INFERENCE_FAILED}
     */
    public PredictionResult predict(byte[] file) {
        ImageHeader header = decoder.header(file);
        List<Tensor> outputs;
        try (Image image = decoder.decode(file, header, preprocessor.contract())) {
            outputs = session.run(
                    List.of(ImageTensor.of(preprocessor, image, session.inputs().getFirst())));
        }
        return postprocessor
                .result(outputs, () -> ImageTransform.of(preprocessor.contract(), header))
                .detached();
    }

    @Override
    public void close() {
        session.close();
    }
}
