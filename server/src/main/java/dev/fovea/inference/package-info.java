/** The Open Inference Protocol, version 2, over HTTP and gRPC. */
@NullMarked
package dev.fovea.inference;

import org.jspecify.annotations.NullMarked;
