/** The Open Inference Protocol, version 2, as bytes: what clients of Triton and KServe send and expect. */
@org.jspecify.annotations.NullMarked
package dev.fovea.protocol;
