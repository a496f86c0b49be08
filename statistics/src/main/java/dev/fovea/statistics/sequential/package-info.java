/** Inference that is valid at every look: confidence sequences and e-processes. */
@NullMarked
package dev.fovea.statistics.sequential;

import org.jspecify.annotations.NullMarked;
