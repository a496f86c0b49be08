package dev.fovea.datasets;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;

/** An image of 8×8 pixels of one colour. */
final class SolidPng {

    private SolidPng() {}

    static byte[] of(int red, int green, int blue) {
        byte[] pixels = new byte[3 * 64];
        for (int at = 0; at < pixels.length; at += 3) {
            pixels[at] = (byte) red;
            pixels[at + 1] = (byte) green;
            pixels[at + 2] = (byte) blue;
        }
        try (Image image = Image.of(pixels, 8, 8, 3)) {
            return new ImageWriter().png(image);
        }
    }
}
