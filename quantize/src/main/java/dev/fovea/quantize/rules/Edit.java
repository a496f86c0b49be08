package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/**
 * What takes an operator's place in the graph.
 *
 * @param initializers new tensors that the model carries
 * @param nodes new operators, in order, the last of which gives what the old one gave
 */
public record Edit(List<TensorProto> initializers, List<NodeProto> nodes) {}
