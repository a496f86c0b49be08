package dev.fovea.remote.protocol;

/**
 * A label of a whole image.
 *
 * @param label the class
 * @param confidence as the service gives it, in [0, 1]; services do not say that it is calibrated
 */
public record RemoteLabel(String label, double confidence) {}
