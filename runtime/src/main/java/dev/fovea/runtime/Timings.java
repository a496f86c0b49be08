package dev.fovea.runtime;

/** Nanoseconds spent in each stage of one prediction; metrics, logs and the response all read this record. */
public record Timings(long decode, long preprocess, long queue, long infer, long postprocess) {

    /** The sum of all stages. */
    public long total() {
        return decode + preprocess + queue + infer + postprocess;
    }
}
