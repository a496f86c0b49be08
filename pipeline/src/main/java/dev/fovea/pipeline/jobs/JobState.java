package dev.fovea.pipeline.jobs;

import java.time.Instant;

/** How far a job has come. A job that runs ends once, in one of the other states. */
public sealed interface JobState {

    /** Its owner is at work. */
    record Running() implements JobState {}

    /** It came to its end; the message says with what. */
    record Done(Instant ended, String message) implements JobState {}

    /** It gave up; the message says why. */
    record Failed(Instant ended, String message) implements JobState {}

    /** Its owner died before it ended; {@code ended} is when that was noticed. */
    record CutOff(Instant ended, String message) implements JobState {}
}
