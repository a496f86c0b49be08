package dev.fovea.model.embedding;

import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.FeatureMap;
import dev.fovea.model.graph.OnnxModel;
import java.util.Optional;

/** Where the embedding of an image lies in a network, by its task. */
public sealed interface EmbeddingSource {

    /** A value of the graph. */
    record EmbeddingFound(EmbeddingTensor tensor) implements EmbeddingSource {}

    /**
     * There is none.
     *
     * @param reason the end of a sentence that begins with "because"
     */
    record EmbeddingAbsent(String reason) implements EmbeddingSource {}

    /**
     * The input of a classifier's last layer; the deepest feature map of a network with a decoder; the output of a
     * network for embeddings.
     */
    static EmbeddingSource of(OnnxModel model, Postprocessing postprocessing) {
        String first = model.outputs().getFirst().name();
        return switch (postprocessing) {
            case Postprocessing.OneLabel label -> layer(model, label.output().orElse(first));
            case Postprocessing.MultiLabel label -> layer(model, label.output().orElse(first));
            case Postprocessing.MultiTask tasks ->
                layer(model, tasks.heads().getFirst().output());
            case Postprocessing.Embedding embedding ->
                new EmbeddingFound(
                        new EmbeddingTensor(embedding.output().orElse(first), EmbeddingTensor.Channels.SECOND));
            case Postprocessing.Decoding _ ->
                found(FeatureMap.find(model), "no feature map is found before what it decodes");
            case Postprocessing.Tensors _ -> new EmbeddingAbsent("the meaning of its tensors is not known");
        };
    }

    private static EmbeddingSource layer(OnnxModel model, String output) {
        return found(
                EmbeddingTensor.find(model, output), "it has no single linear layer before the classifier's output");
    }

    private static EmbeddingSource found(Optional<EmbeddingTensor> tensor, String otherwise) {
        return tensor.<EmbeddingSource>map(EmbeddingFound::new).orElseGet(() -> new EmbeddingAbsent(otherwise));
    }
}
