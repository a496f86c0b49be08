package dev.fovea.runtime.validation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Sha256;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.embedding.EmbeddingOutput;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.LoadLimit;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Golden tests: an image must give the same input tensor, the same outputs within tolerances, and the same detections.
 * They detect a changed resizer, a wrong contract, and a damaged or different graph before the version serves.
 */
public final class GoldenTest {

    private final Decoder decoder;
    private final Preprocessor preprocessor;
    private final Session session;
    private final Postprocessing postprocessing;

    public GoldenTest(Decoder decoder, Preprocessor preprocessor, Session session, Postprocessing postprocessing) {
        this.decoder = decoder;
        this.preprocessor = preprocessor;
        this.session = session;
        this.postprocessing = postprocessing;
    }

    /** Makes golden vectors of a model with undecoded outputs. */
    public static List<GoldenVector> make(
            Engine engine, byte[] onnx, PreprocessingContract contract, Map<String, byte[]> images) {
        return make(engine, onnx, contract, new Postprocessing.Tensors(), images);
    }

    /**
     * Makes golden vectors of a model that is not a bundle yet.
     *
     * @param postprocessing selects the outputs to compare, their tolerances, and the detections
     * @throws FoveaException {@code INFERENCE_FAILED} for an output that is not a number,
     *     {@code MODEL_OPERATOR_UNSUPPORTED} for one that differs when the network runs again,
     *     {@code MODEL_LIMIT_EXCEEDED}
     */
    public static List<GoldenVector> make(
            Engine engine,
            byte[] onnx,
            PreprocessingContract contract,
            Postprocessing postprocessing,
            Map<String, byte[]> images) {
        SessionSettings settings = SessionSettings.forThisMachine();
        try (Session session = engine.load(onnx, settings);
                LoadLimit.Watch watch = new LoadLimit.Watch("The model", session, settings.loadLimit())) {
            GoldenTest test = new GoldenTest(
                    new Decoder(ImageLimits.DEFAULT), new Preprocessor(contract), session, postprocessing);
            return watch.run(() -> {
                List<GoldenVector> vectors = new ArrayList<>();
                images.forEach((name, bytes) -> vectors.add(test.make(name, bytes)));
                for (GoldenVector vector : vectors) {
                    test.requireSame(vector, Objects.requireNonNull(images.get(vector.image())));
                }
                return vectors;
            });
        }
    }

    private GoldenVector make(String name, byte[] image) {
        Tensor tensor = tensor(image);
        GoldenOutput output = output(image, tensor);
        for (float value : output.flat()) {
            if (!Float.isFinite(value)) {
                throw new FoveaException(
                        ErrorCode.INFERENCE_FAILED,
                        "The output for the golden image %s contains %s, which is not a finite number. The model is not registered. Export it in float32 or with its logits, and check that the contract scales the image as in training."
                                .formatted(name, value));
            }
        }
        return new GoldenVector(
                name, Sha256.of(tensor.bytes()), output.flat(), output.tolerances(), output.detections());
    }

    /** Runs the network again: a non-deterministic one would fail its golden test at each load. */
    private void requireSame(GoldenVector vector, byte[] image) {
        output(image, tensor(image)).difference(vector, postprocessing).ifPresent(difference -> {
            throw new FoveaException(
                    ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                    "The network is not deterministic: on the golden image %s %s when it runs again, so that its golden test would fail. Export it in evaluation mode (PyTorch: model.eval(); Keras: training=False)."
                            .formatted(vector.image(), difference));
        });
    }

    private GoldenOutput output(byte[] image, Tensor tensor) {
        return GoldenOutput.of(
                postprocessing,
                EmbeddingOutput.without(session.run(List.of(tensor))),
                ImageTransform.of(preprocessor.contract(), decoder.header(image)));
    }

    /** {@code VALIDATION_FAILED} names the image and the difference. */
    public void check(Bundle bundle) {
        for (GoldenVector vector : bundle.manifest().golden()) {
            byte[] image = bundle.goldenImage(vector);
            Tensor tensor = tensor(image);
            Optional<String> difference = output(image, tensor).difference(vector, postprocessing);
            boolean sameTensor = Sha256.of(tensor.bytes()).equals(vector.tensorSha256());
            if (!sameTensor || difference.isPresent()) {
                throw failed(bundle, vector, sameTensor, difference);
            }
        }
    }

    private static FoveaException failed(
            Bundle bundle, GoldenVector vector, boolean sameTensor, Optional<String> difference) {
        return new FoveaException(
                ErrorCode.VALIDATION_FAILED,
                "%s is not served: on its golden image %s %s, and %s. Register the model again."
                        .formatted(
                                bundle.manifest().name(),
                                vector.image(),
                                sameTensor ? "the input tensor is the same" : "the input tensor differs",
                                difference.orElse("the output is the same")));
    }

    private Tensor tensor(byte[] bytes) {
        try (Image image = decoder.decode(bytes, preprocessor.contract())) {
            return ImageTensor.of(preprocessor, image, session.inputs().getFirst());
        }
    }
}
