package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.exchange.model.ExchangedImage;
import java.io.IOException;

/**
 * Writes one format into an {@link ExportFolder}. The images come with annotations that the format can say and with
 * names that are unique. The caller closes it, also after a failure.
 */
public interface FormatWriter extends AutoCloseable {

    /** Writes an image and its annotation. */
    void add(ExchangedImage image) throws IOException;

    /** Writes what is written once, after the last image. */
    void finish() throws IOException;

    @Override
    default void close() throws IOException {
        // nothing is open between two images
    }
}
