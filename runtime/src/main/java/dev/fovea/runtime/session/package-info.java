/** ONNX Runtime: the engine, sessions and the tensors that go in and out. */
@NullMarked
package dev.fovea.runtime.session;

import org.jspecify.annotations.NullMarked;
