package dev.fovea.imaging.drawing;

/** Text to pixels. */
interface Lettering {

    /** One line of text. */
    Stencil write(String text, int size);

    /**
     * Text as a share of ink in each pixel.
     *
     * @param width pixels, positive
     * @param height pixels, positive
     * @param cover row by row from the top, 0 to 255 as unsigned bytes
     */
    record Stencil(int width, int height, byte[] cover) {}

    /** The system's fonts in every script they have; a machine without any writes ASCII only. */
    static Lettering ofThisMachine() {
        try {
            return new FontLettering();
        } catch (RuntimeException | LinkageError | InternalError e) {
            // a JDK or system without fonts or font libraries throws one of these
            return new StrokeLettering();
        }
    }
}
