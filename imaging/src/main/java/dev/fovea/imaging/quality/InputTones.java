package dev.fovea.imaging.quality;

/**
 * How light the image of a request is, by its grey levels, 0 to 255 (luma of ITU-R BT.601).
 *
 * @param brightness mean grey level, 0 to 255
 * @param contrast standard deviation of the grey level, 0 to 127.5
 * @param dark share of pixels of grey level 0 to 2
 * @param bright share of pixels of grey level 253 to 255
 */
public record InputTones(double brightness, double contrast, double dark, double bright) {

    /** The last level that counts as dark, and the distance of the first bright one from 255. */
    static final int CLIPPED = 2;
}
