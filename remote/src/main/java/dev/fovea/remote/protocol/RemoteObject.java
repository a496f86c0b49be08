package dev.fovea.remote.protocol;

/**
 * A thing in an image.
 *
 * @param label the class
 * @param confidence as the service gives it, in [0, 1]
 * @param box where it is
 */
public record RemoteObject(String label, double confidence, RelativeBox box) {}
