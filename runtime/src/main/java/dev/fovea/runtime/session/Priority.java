package dev.fovea.runtime.session;

/** Who goes first when requests wait, and who is turned away first when many do. */
public enum Priority {
    HIGH(1.0),
    NORMAL(0.9),
    LOW(0.5);

    private final double share;

    Priority(double share) {
        this.share = share;
    }

    /** How much of what may wait is open to requests of this priority, so that more urgent ones find room. */
    public double share() {
        return share;
    }
}
