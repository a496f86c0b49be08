package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/**
 * The replacement of an operator in the graph.
 *
 * @param initializers new initializers
 * @param nodes new operators, in order; the last has the output of the old one
 */
public record Edit(List<TensorProto> initializers, List<NodeProto> nodes) {}
