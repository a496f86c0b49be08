/** Finds the smallest model that is good enough: the candidates, how they are judged, and the choice. */
@NullMarked
package dev.fovea.pipeline.search;

import org.jspecify.annotations.NullMarked;
