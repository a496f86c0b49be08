package dev.fovea.imaging.codec.tiff;

/**
 * A strip or tile as it lies in the file.
 *
 * @param offset of its first byte
 * @param length in bytes
 */
record TiffChunk(int offset, int length) {}
