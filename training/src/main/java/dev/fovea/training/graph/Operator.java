package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;

/** Computes what one ONNX operator gives, in a way that can be differentiated. Returns its first output. */
@FunctionalInterface
interface Operator {
    NDArray apply(OperatorCall call);
}
