package dev.fovea.model.architecture;

import dev.fovea.imaging.Size;
import dev.fovea.model.graph.OnnxModel;

/** A network as its layers, in the names of one library. */
interface NetworkPlan {

    /** Whose names the tensors have, such as {@code timm}. */
    String naming();

    /** The weight of the classifier: the length of its first axis is the number of classes. */
    String classifier();

    /** Writes all layers; asks the writer's source for every tensor once. */
    OnnxModel write(NetworkWriter writer, Size size, int classes);
}
