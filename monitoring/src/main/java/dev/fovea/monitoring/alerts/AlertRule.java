package dev.fovea.monitoring.alerts;

/**
 * The rule of the confidence alert: the mean of a window is below the baseline by more than a fraction of it, and the
 * fall is significant.
 *
 * @param window number of responses per window; a multiple of {@value #BLOCKS}
 * @param reference number of responses of a baseline without an evaluation; a multiple of the window
 * @param raiseBelow minimum fall, as a fraction of the baseline
 * @param falseAlarms maximum probability of a false alarm within {@code responses} responses of stationary traffic
 * @param responses number of responses for {@code falseAlarms}
 */
public record AlertRule(int window, int reference, double raiseBelow, double falseAlarms, int responses) {

    /** Number of blocks per window. */
    static final int BLOCKS = 10;

    /** An evaluation of fewer images than this is no baseline. */
    static final int MIN_EVALUATED = 30;

    /** The alarm clears when the fall is less than this share of what raises it, so that it does not flutter. */
    static final double CLEAR = 0.6;

    /**
     * The last 200 responses, against an evaluation or 2,000 responses; a fall of 5 %, and at most 1 % false alarms in
     * 100,000 responses.
     */
    public static final AlertRule DEFAULT = new AlertRule(200, 2000, 0.05, 0.01, 100_000);

    public AlertRule {
        if (window < BLOCKS || window % BLOCKS != 0) {
            throw new IllegalArgumentException("window %d is no multiple of %d".formatted(window, BLOCKS));
        }
        if (reference < window || reference % window != 0) {
            throw new IllegalArgumentException(
                    "reference %d is no multiple of the window %d".formatted(reference, window));
        }
        if (!(0 < raiseBelow && raiseBelow < 1 && 0 < falseAlarms && falseAlarms < 1)) {
            throw new IllegalArgumentException(
                    "raiseBelow %s and falseAlarms %s must lie between 0 and 1".formatted(raiseBelow, falseAlarms));
        }
        if (responses < window) {
            throw new IllegalArgumentException("responses %d is below the window %d".formatted(responses, window));
        }
    }

    int block() {
        return window / BLOCKS;
    }

    /** Number of checks within {@link #responses}. */
    int checks() {
        return responses / block();
    }
}
