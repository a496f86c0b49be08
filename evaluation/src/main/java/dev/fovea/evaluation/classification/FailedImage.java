package dev.fovea.evaluation.classification;

import dev.fovea.fault.ErrorCode;

/**
 * An image that was rejected, as in production. It counts neither as correct nor as wrong.
 *
 * @param image its name
 * @param code the error code
 * @param message the error message
 */
public record FailedImage(String image, ErrorCode code, String message) implements ImageOutcome {}
