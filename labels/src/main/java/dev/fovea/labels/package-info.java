/** Labelling by people, and which labels are probably wrong. */
@NullMarked
package dev.fovea.labels;

import org.jspecify.annotations.NullMarked;
