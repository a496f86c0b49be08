/** Output decoders: outputs of a network to classes, detections, masks and lines of text. */
@NullMarked
package dev.fovea.runtime.decoding;

import org.jspecify.annotations.NullMarked;
