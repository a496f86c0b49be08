package dev.fovea.evaluation;

import dev.fovea.fault.ErrorCode;

/**
 * A picture that was refused rather than answered, as it would have been in production. It counts neither as right nor
 * as wrong.
 *
 * @param picture its name
 * @param code why
 * @param message the reason in words
 */
public record FailedPicture(String picture, ErrorCode code, String message) implements Outcome {}
