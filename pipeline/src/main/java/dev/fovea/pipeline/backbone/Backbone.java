package dev.fovea.pipeline.backbone;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.OnnxModel;
import java.util.Optional;

/**
 * A network with learned weights that a training starts from.
 *
 * @param name what people call it: a model's {@code NAME:VERSION}, a name of the catalogue, or a file's name
 * @param model with one image input; deterministic
 * @param contract the preprocessing that its weights were learned with
 * @param cut its features: the graph up to here is kept
 * @param sha256 of the network as ONNX bytes, in hexadecimal
 * @param licence of the weights, where it is known
 */
public record Backbone(
        String name,
        OnnxModel model,
        PreprocessingContract contract,
        EmbeddingTensor cut,
        String sha256,
        Optional<String> licence) {

    /** The part of the network that gives the features, its only output. */
    public OnnxModel features() {
        return cut.extract(model);
    }

    /** The same with another preprocessing contract. */
    public Backbone with(PreprocessingContract other) {
        return new Backbone(name, model, other, cut, sha256, licence);
    }
}
