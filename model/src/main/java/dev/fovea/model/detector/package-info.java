/** Detectors as graphs: feature maps by stride, a neck and a head over them, and the outputs that YOLOX has. */
@NullMarked
package dev.fovea.model.detector;

import org.jspecify.annotations.NullMarked;
