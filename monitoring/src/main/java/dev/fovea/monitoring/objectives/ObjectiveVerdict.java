package dev.fovea.monitoring.objectives;

/** Whether an objective is met so far. */
public enum ObjectiveVerdict {
    MET,
    MISSED,
    /** Too few requests or labels to say. */
    NOT_ENOUGH_DATA;

    /** In words. */
    public String words() {
        return switch (this) {
            case MET -> "met";
            case MISSED -> "missed";
            case NOT_ENOUGH_DATA -> "not enough data";
        };
    }
}
