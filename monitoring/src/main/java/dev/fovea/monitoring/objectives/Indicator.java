package dev.fovea.monitoring.objectives;

import java.util.Locale;

/** What an objective is about: a service level indicator. */
public enum Indicator {
    /** Percent of requests that did not fail for the service's fault. */
    AVAILABILITY("%"),
    /** Percent of requests that ended with any error, those for the caller's fault among them. */
    ERROR_RATE("%"),
    /** The time that 95 % of the answers do not exceed, in milliseconds. */
    P95("ms"),
    /** The time that 99 % of the answers do not exceed, in milliseconds. */
    P99("ms"),
    /** Percent of predictions that are right. */
    ACCURACY("%"),
    /** Percent of a class's predictions that are right. */
    PRECISION("%"),
    /** Percent of a class's images that are predicted as it. */
    RECALL("%"),
    /** What 1,000 answers cost. */
    COST("");

    private final String unit;

    Indicator(String unit) {
        this.unit = unit;
    }

    /** {@code %}, {@code ms}, or empty for an amount of money. */
    public String unit() {
        return unit;
    }

    /** The word in commands, metrics and documents: {@code error-rate}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is about one class. */
    public boolean isOfClass() {
        return switch (this) {
            case PRECISION, RECALL -> true;
            case AVAILABILITY, ERROR_RATE, P95, P99, ACCURACY, COST -> false;
        };
    }

    /** Whether it is counted from requests; else it is what labels or confidence say. */
    public boolean isCounted() {
        return switch (this) {
            case AVAILABILITY, ERROR_RATE, P95, P99, COST -> true;
            case ACCURACY, PRECISION, RECALL -> false;
        };
    }

    /** Whether a higher value is better. */
    public boolean isHigherBetter() {
        return switch (this) {
            case AVAILABILITY, ACCURACY, PRECISION, RECALL -> true;
            case ERROR_RATE, P95, P99, COST -> false;
        };
    }
}
