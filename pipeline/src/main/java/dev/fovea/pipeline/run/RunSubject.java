package dev.fovea.pipeline.run;

import java.util.Optional;

/**
 * What was trained from what.
 *
 * @param model the model's name
 * @param version that was registered; empty before, and where none was
 * @param data the data set's name, or the folder
 * @param work the kind of job, as {@code train}
 * @param job its id; the job itself may be forgotten
 */
public record RunSubject(String model, Optional<Integer> version, String data, String work, Optional<String> job) {

    /** The same with the version that was registered. */
    public RunSubject withVersion(int number) {
        return new RunSubject(model, Optional.of(number), data, work, job);
    }
}
