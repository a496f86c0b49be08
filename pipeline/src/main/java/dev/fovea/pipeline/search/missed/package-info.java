/** Why no candidate of a search clears its bar. */
@NullMarked
package dev.fovea.pipeline.search.missed;

import org.jspecify.annotations.NullMarked;
