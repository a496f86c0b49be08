package dev.fovea.datasets.exchange.model;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the headers of image files. Thread-safe. */
public final class ImageHeaders {

    /** A JPEG states size and orientation at its start; other formats may do so at their end. */
    private static final int START = 1 << 16;

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    /** The header of an image. */
    ImageHeader read(EncodedSource source) throws IOException {
        return switch (source) {
            case EncodedSource.InFile(Path file) -> read(file);
            case EncodedSource.Stored stored -> decoder.header(stored.read());
        };
    }

    /** The header of a file. */
    public ImageHeader read(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(START);
        }
        boolean isJpeg = start.length > 2 && (start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xd8;
        if (start.length == START && isJpeg) {
            try {
                return decoder.header(start);
            } catch (FoveaException e) {
                return decoder.header(Files.readAllBytes(file)); // a long profile stands before the size
            }
        }
        return decoder.header(start.length < START ? start : Files.readAllBytes(file));
    }
}
