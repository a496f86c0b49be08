package dev.fovea.labels.design;

import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.queue.Pilot;
import java.util.List;

/**
 * How far a pilot has come, and what it says about the design.
 *
 * @param pilot which
 * @param state how far it is
 * @param complete images that all people labelled
 * @param people who labelled how many of its images
 * @param agreement of these people on these images
 * @param advice what to change in the design
 */
public record PilotReport(
        Pilot pilot,
        PilotState state,
        int complete,
        List<PilotPerson> people,
        AgreementReport agreement,
        List<PilotAdvice> advice) {

    /** How far a pilot is. */
    public enum PilotState {
        /** Nobody has labelled an image yet. */
        DRAWN,
        /** Some labels are missing. */
        RUNNING,
        /** All people labelled all images, or somebody ended it. */
        DONE
    }

    /**
     * A person in a pilot.
     *
     * @param name who
     * @param images how many of its images the person labelled
     */
    public record PilotPerson(String name, int images) {}

    public PilotReport {
        people = List.copyOf(people);
        advice = List.copyOf(advice);
    }
}
