package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;

/** Names of layers: the operator's name, or else its output's name. */
public final class Layer {

    private Layer() {}

    public static String name(NodeProto node) {
        return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    }
}
