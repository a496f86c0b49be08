/** How fast networks are trained. */
@NullMarked
package dev.fovea.bench.training;

import org.jspecify.annotations.NullMarked;
