package dev.fovea.monitoring;

import java.util.Locale;

/** A measured stage of a prediction. */
public enum Stage {
    DECODE,
    PREPROCESS,
    QUEUE,
    INFER,
    POSTPROCESS,
    /** From the first byte to the response; more than the sum of the others. */
    TOTAL;

    /** The name in metrics and JSON, {@code decode}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
