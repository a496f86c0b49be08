package dev.fovea.evaluation.classification;

import dev.fovea.fault.ErrorCode;

/**
 * An image that was refused rather than answered, as it would have been in production. It counts neither as right nor
 * as wrong.
 *
 * @param image its name
 * @param code why
 * @param message the reason in words
 */
public record FailedImage(String image, ErrorCode code, String message) implements ImageOutcome {}
