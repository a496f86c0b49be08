package dev.fovea.quantize.calibration;

/** Hears how far the work is, on the thread that does it. */
@FunctionalInterface
public interface QuantizationProgress {

    /** Of a step, so many of so many parts are done. */
    void at(String step, int done, int of);
}
