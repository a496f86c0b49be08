/** What was true of images that were predicted, and business figures, joined to predictions by request. */
@NullMarked
package dev.fovea.traffic.truth;

import org.jspecify.annotations.NullMarked;
