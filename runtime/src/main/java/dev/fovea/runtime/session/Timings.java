package dev.fovea.runtime.session;

/** Nanoseconds spent in each stage of one prediction; metrics, logs and the response all read this record. */
public record Timings(long decode, long preprocess, long queue, long infer, long postprocess) {

    /** Of a prediction that ran nothing here. */
    public static final Timings NONE = new Timings(0, 0, 0, 0, 0);

    /** Of a prediction that waited for another's run. */
    public static Timings waited(long nanos) {
        return nanos == 0 ? NONE : new Timings(0, 0, nanos, 0, 0);
    }

    /** The sum of all stages. */
    public long total() {
        return decode + preprocess + queue + infer + postprocess;
    }
}
