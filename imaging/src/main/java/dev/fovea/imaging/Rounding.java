package dev.fovea.imaging;

/** Rounding of fractional pixel sizes. Tools differ, and half a pixel can change a prediction. */
public enum Rounding {
    /** To the nearest whole pixel, halves to the even one. */
    NEAREST,
    /** To the whole pixel below. */
    DOWN;

    /** The rounded value; not negative. */
    int of(double pixels) {
        return (int)
                switch (this) {
                    case NEAREST -> Math.rint(pixels);
                    case DOWN -> Math.floor(pixels);
                };
    }
}
