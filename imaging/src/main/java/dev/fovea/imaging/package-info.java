/** Bytes to pixels to tensor. */
@NullMarked
package dev.fovea.imaging;

import org.jspecify.annotations.NullMarked;
