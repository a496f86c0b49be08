/** Which labels are probably wrong. */
@NullMarked
package dev.fovea.labels;

import org.jspecify.annotations.NullMarked;
