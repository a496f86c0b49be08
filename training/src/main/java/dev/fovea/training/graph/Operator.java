package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;

/** A differentiable ONNX operator. Returns its first output. */
@FunctionalInterface
interface Operator {
    NDArray apply(OperatorCall call);
}
