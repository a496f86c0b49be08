/** TIFF: directories, chunks, compressions, samples and colors. */
@NullMarked
package dev.fovea.imaging.codec.tiff;

import org.jspecify.annotations.NullMarked;
