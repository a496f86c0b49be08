/** What image files say about themselves: EXIF and XMP. */
@NullMarked
package dev.fovea.imaging.metadata;

import org.jspecify.annotations.NullMarked;
