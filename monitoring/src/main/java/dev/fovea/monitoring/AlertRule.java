package dev.fovea.monitoring;

/**
 * When the confidence of a version is alarming.
 *
 * @param window number of answers whose mean is judged; a multiple of {@value #BLOCKS}
 * @param raiseBelow the alarm goes off when the mean falls further below the baseline than this share of it
 * @param clearAbove it stops when the mean is within this share again; smaller than {@code raiseBelow}, so that a mean
 *     at the edge does not make it flutter
 */
public record AlertRule(int window, double raiseBelow, double clearAbove) {

    /** In how many steps the window moves on. */
    static final int BLOCKS = 10;

    /** 200 answers, off at 5 % below the baseline, on again within 3 %. */
    public static final AlertRule DEFAULT = new AlertRule(200, 0.05, 0.03);

    public AlertRule {
        if (window < BLOCKS || window % BLOCKS != 0) {
            throw new IllegalArgumentException("window %d is no multiple of %d".formatted(window, BLOCKS));
        }
        if (!(0 < clearAbove && clearAbove < raiseBelow && raiseBelow < 1)) {
            throw new IllegalArgumentException(
                    "0 < clearAbove %s < raiseBelow %s < 1 does not hold".formatted(clearAbove, raiseBelow));
        }
    }

    int block() {
        return window / BLOCKS;
    }
}
