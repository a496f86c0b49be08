package dev.fovea.pipeline.queue;

/**
 * The current step of a job.
 *
 * @param name of the step, as {@code train} or {@code test images}; empty before the first
 * @param fraction of this step that is done, 0 to 1
 * @param detail in a few words, as {@code 3 of 40}
 */
public record JobStep(String name, double fraction, String detail) {

    /** Before the first step. */
    public static final JobStep NONE = new JobStep("", 0, "");

    public JobStep {
        fraction = fraction >= 0 ? Math.min(1, fraction) : 0;
    }
}
