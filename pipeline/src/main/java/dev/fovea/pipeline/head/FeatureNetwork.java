package dev.fovea.pipeline.head;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.Sha256;
import dev.fovea.model.head.FeatureGraph;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A backbone up to its features, found out by one run on an empty image.
 *
 * @param backbone with the preprocessing that its images get
 * @param graph that ends in the features
 */
record FeatureNetwork(Backbone backbone, FeatureGraph graph) {

    /**
     * Cuts a backbone off.
     *
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} for a tensor without an axis of features, and the
     *     errors of {@link Engine#load(byte[], SessionSettings)}
     */
    static FeatureNetwork of(Engine engine, Backbone backbone) {
        Preprocessor preprocessor = new Preprocessor(backbone.contract());
        try (Session session = engine.load(backbone.features().bytes(), SessionSettings.forThisMachine())) {
            Tensor zeros = new Tensor(
                    session.inputs().getFirst().name(),
                    session.inputs().getFirst().type(),
                    ImageTensor.shape(preprocessor),
                    ByteBuffer.allocate(backbone.contract().outputBytes()));
            Tensor output = session.run(List.of(zeros)).getFirst();
            long[] shape = output.shape();
            boolean floats = output.type() == DataType.FP32 || output.type() == DataType.FP16;
            if (shape.length < 2 || shape[0] != 1 || !floats) {
                throw new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "%s of %s has no features of each image in floating point. Name another tensor with --cut."
                                .formatted(output, backbone.name()));
            }
            return new FeatureNetwork(
                    backbone, FeatureGraph.of(backbone.model(), backbone.cut(), shape, output.type()));
        }
    }

    /** The same network for images of another preprocessing. */
    FeatureNetwork with(PreprocessingContract contract) {
        return new FeatureNetwork(backbone.with(contract), graph);
    }

    PreprocessingContract contract() {
        return backbone.contract();
    }

    /**
     * Equal keys give equal features of an image.
     *
     * @param program versions of the programs that compute them
     */
    String key(String program) {
        String text = String.join(
                "\n",
                Sha256.of(graph.model().bytes()),
                graph.tensor().toString(),
                PreprocessingContractJson.write(contract()),
                program,
                System.getProperty("os.arch", ""));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
