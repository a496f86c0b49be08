package dev.fovea.datasets;

import dev.fovea.imaging.Picture;
import dev.fovea.imaging.PictureWriter;

/** A picture of 8×8 pixels of one colour. */
final class SolidPng {

    private SolidPng() {}

    static byte[] of(int red, int green, int blue) {
        byte[] pixels = new byte[3 * 64];
        for (int at = 0; at < pixels.length; at += 3) {
            pixels[at] = (byte) red;
            pixels[at + 1] = (byte) green;
            pixels[at + 2] = (byte) blue;
        }
        try (Picture picture = Picture.of(pixels, 8, 8, 3)) {
            return new PictureWriter().png(picture);
        }
    }
}
