package dev.fovea.rollout.experiment;

/**
 * What became of the values of the figure since the start.
 *
 * @param counted they are part of a unit's sum
 * @param late they came about or arrived outside of their unit's window
 * @param unknown their request or key is no unit of the experiment
 * @param waiting their request or key was not found yet
 * @param repeated said again with the same request or key, name and time
 */
public record ValueCounts(long counted, long late, long unknown, long waiting, long repeated) {

    /** Of no value. */
    public static final ValueCounts NONE = new ValueCounts(0, 0, 0, 0, 0);
}
