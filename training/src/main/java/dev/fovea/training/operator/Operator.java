package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;

/** A differentiable ONNX operator. Returns the output that the call asks for. */
@FunctionalInterface
public interface Operator {

    /** The output of the call, attached to its pass. */
    NDArray apply(OperatorCall call);
}
