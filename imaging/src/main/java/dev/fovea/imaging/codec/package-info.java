/**
 * Image formats that OpenCV does not read or reads wrongly, as 8-bit pixels in native memory: 1 channel (grey), 3
 * (blue, green, red) or 4 (blue, green, red, straight alpha). Rows are written as they are decoded, so that a decoder
 * holds a few rows and never a second copy of the image. Sizes must be checked by the caller before.
 */
@NullMarked
package dev.fovea.imaging.codec;

import org.jspecify.annotations.NullMarked;
