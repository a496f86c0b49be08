/** Mean average precision and paired comparison of detectors. */
@NullMarked
package dev.fovea.evaluation.detection;

import org.jspecify.annotations.NullMarked;
