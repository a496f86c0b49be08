package dev.fovea.monitoring;

/** Stage durations of one prediction, in nanoseconds. */
public record StageNanos(long decode, long preprocess, long queue, long infer, long postprocess, long total) {

    /** The time of one stage. */
    public long of(Stage stage) {
        return switch (stage) {
            case DECODE -> decode;
            case PREPROCESS -> preprocess;
            case QUEUE -> queue;
            case INFER -> infer;
            case POSTPROCESS -> postprocess;
            case TOTAL -> total;
        };
    }
}
