/**
 * Decoders of image formats that read rows as Pillow 13 does: BMP, GIF, PNM, CMYK JPEG, and the parts that formats
 * share.
 */
@NullMarked
package dev.fovea.imaging.codec;

import org.jspecify.annotations.NullMarked;
