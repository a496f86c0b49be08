package dev.fovea.runtime.embedding;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.Manifest;
import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.embedding.EmbeddingSource;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The embedding that a network could be served with, found out by one run on an empty image. */
public sealed interface PooledEmbedding {

    /** The pooled embedding as it is. */
    record ServedEmbedding(EmbeddingProjection projection) implements PooledEmbedding {}

    /**
     * There is none.
     *
     * @param reason the end of a sentence that begins with "because"
     */
    record UnservedEmbedding(String reason) implements PooledEmbedding {}

    /** Its types; what integers mean is known to the next operator only. */
    Set<DataType> TYPES = EnumSet.of(DataType.FP32, DataType.FP16);

    /** Finds the value in the graph, its axes and its length. */
    static PooledEmbedding of(Engine engine, OnnxModel model, Manifest manifest) {
        if (manifest.contract().isEmpty()) {
            return new UnservedEmbedding("it takes tensors and no images");
        }
        return switch (EmbeddingSource.of(model, manifest.postprocessing())) {
            case EmbeddingSource.EmbeddingAbsent(String reason) -> new UnservedEmbedding(reason);
            case EmbeddingSource.EmbeddingFound(EmbeddingTensor tensor) ->
                probed(
                        engine,
                        model,
                        tensor,
                        new Preprocessor(manifest.contract().get()));
        };
    }

    private static PooledEmbedding probed(
            Engine engine, OnnxModel model, EmbeddingTensor tensor, Preprocessor preprocessor) {
        try (Session session = engine.load(tensor.extract(model).bytes(), SessionSettings.forThisMachine())) {
            Tensor zeros = new Tensor(
                    session.inputs().getFirst().name(),
                    session.inputs().getFirst().type(),
                    ImageTensor.shape(preprocessor),
                    ByteBuffer.allocate(preprocessor.contract().outputBytes()));
            return pooled(tensor, session.run(List.of(zeros)).getFirst());
        } catch (FoveaException e) {
            return new UnservedEmbedding("%s cannot be computed alone: %s".formatted(tensor.name(), e.getMessage()));
        }
    }

    private static PooledEmbedding pooled(EmbeddingTensor tensor, Tensor output) {
        long[] shape = output.shape();
        if (shape.length < 2 || !TYPES.contains(output.type())) {
            return new UnservedEmbedding("%s has no axis of features of a floating-point type".formatted(output));
        }
        long features = tensor.channels() == EmbeddingTensor.Channels.SECOND ? shape[1] : shape[shape.length - 1];
        return new ServedEmbedding(EmbeddingProjection.pooled(tensor, shape.length, Math.toIntExact(features)));
    }
}
