package dev.fovea.imaging;

/** How a fraction of a pixel is rounded. Tools differ, and half a pixel is enough to change what a network answers. */
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
