package dev.fovea.imaging.codec;

import java.io.IOException;

/** The rows of one chunk, from the top, uncompressed and packed as TIFF packs samples. */
public interface RowSource extends AutoCloseable {

    /** Fills {@code row} with the next row. Throws where the data end before. */
    void next(byte[] row) throws IOException;

    @Override
    default void close() throws IOException {
        // most sources own no memory
    }
}
