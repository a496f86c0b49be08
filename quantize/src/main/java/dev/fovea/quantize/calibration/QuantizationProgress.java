package dev.fovea.quantize.calibration;

/** Receives progress on the working thread. */
@FunctionalInterface
public interface QuantizationProgress {

    /** Of a step, so many of so many parts are done. */
    void at(String step, int done, int of);
}
