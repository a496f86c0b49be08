package dev.fovea.datasets.exchange;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Encoded images of two colours that tests draw. */
final class DrawnImages {

    private DrawnImages() {}

    /** A JPEG whose stored pixels have that size, with an EXIF orientation from 1 to 8. */
    static byte[] jpeg(int width, int height, int orientation) {
        byte[] plain = encoded(width, height, true);
        if (orientation == 1) {
            return plain;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 2);
        byte[] exif = ByteBuffer.allocate(36)
                .putShort((short) 0xffe1)
                .putShort((short) 34)
                .put("Exif\0\0MM\0*".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        out.writeBytes(exif);
        out.write(plain, 2, plain.length - 2);
        return out.toByteArray();
    }

    static byte[] png(int width, int height) {
        return encoded(width, height, false);
    }

    private static byte[] encoded(int width, int height, boolean jpeg) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / 3 % width < width / 3 ? 200 : 40);
        }
        try (Image image = Image.of(pixels, width, height, 3)) {
            return jpeg ? new ImageWriter().jpeg(image, 95) : new ImageWriter().png(image);
        }
    }

    /** Writes a file and the folders above it. */
    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String text) {
        return write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
