package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;

/** How layers are called: as the operator is, or as what it gives where it has no name. */
public final class Layer {

    private Layer() {}

    public static String name(NodeProto node) {
        return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    }
}
