/** Searches for the smallest model that clears a bar. */
@NullMarked
package dev.fovea.bench.search;

import org.jspecify.annotations.NullMarked;
