package dev.fovea.monitoring.objectives;

/**
 * Burn rates that raise an alert when both windows of a pair are above them, for an error budget of 30 days.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">The Site Reliability Workbook, chapter 5, section 6</a>
 */
public enum BurnPair {
    /** The budget is spent in 50 hours. */
    FASTEST("14.4", BurnWindow.HOUR, BurnWindow.FIVE_MINUTES, "50 hours"),
    /** In 5 days. */
    FAST("6", BurnWindow.SIX_HOURS, BurnWindow.HALF_HOUR, "5 days"),
    /** In 10 days. */
    SLOW("3", BurnWindow.DAY, BurnWindow.TWO_HOURS, "10 days"),
    /** In 30 days. */
    SLOWEST("1", BurnWindow.THREE_DAYS, BurnWindow.SIX_HOURS, "30 days");

    private final String rate;
    private final BurnWindow longer;
    private final BurnWindow shorter;
    private final String spentIn;

    BurnPair(String rate, BurnWindow longer, BurnWindow shorter, String spentIn) {
        this.rate = rate;
        this.longer = longer;
        this.shorter = shorter;
        this.spentIn = spentIn;
    }

    /** How many times faster than allowed. */
    public double rate() {
        return Double.parseDouble(rate);
    }

    /** The same as people write it. */
    public String rateText() {
        return rate;
    }

    /** When the budget is spent at this rate, in words. */
    public String spentIn() {
        return spentIn;
    }

    /** The window that decides. */
    public BurnWindow longer() {
        return longer;
    }

    /** The window that ends the alert soon after the budget stopped burning. */
    public BurnWindow shorter() {
        return shorter;
    }

    /** Whether somebody must act at once. */
    public boolean pages() {
        return switch (this) {
            case FASTEST, FAST -> true;
            case SLOW, SLOWEST -> false;
        };
    }
}
