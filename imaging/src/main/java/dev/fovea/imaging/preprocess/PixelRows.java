package dev.fovea.imaging.preprocess;

/** Receives an image row by row from the top, each once. */
interface PixelRows {

    /**
     * Takes a row; its memory is not the receiver's.
     *
     * @param pixels packed as {@link PackedPixels} reads them; there may be more than the image is wide
     */
    void put(int y, int[] pixels);
}
