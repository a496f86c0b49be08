package dev.fovea.cli.observability;

import java.util.List;

/**
 * Burn rates over several windows, for an error budget of 30 days: an alert needs both windows of a pair above the
 * rate.
 *
 * @param factor how many times faster than the budget allows
 * @param longWindow decides
 * @param shortWindow ends the alert soon after the errors ended
 * @param spentIn when the budget is spent at this rate
 * @param severity critical pages, warning makes a ticket
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">The Site Reliability Workbook, chapter 5, section 6</a>
 */
record BurnRates(String factor, String longWindow, String shortWindow, String spentIn, String severity) {

    /** The pairs that the workbook recommends. */
    static final List<BurnRates> PAIRS = List.of(
            new BurnRates("14.4", "1h", "5m", "50 hours", "critical"),
            new BurnRates("6", "6h", "30m", "5 days", "critical"),
            new BurnRates("3", "1d", "2h", "10 days", "warning"),
            new BurnRates("1", "3d", "6h", "30 days", "warning"));

    /** All windows. */
    static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");
}
