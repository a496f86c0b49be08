package dev.fovea.traffic;

import java.util.Optional;

/**
 * A row on its way, with the image where it may be kept.
 *
 * @param image the file's bytes; not to be changed
 */
public record StreamedPrediction(LoggedPrediction row, Optional<byte[]> image) {}
