/** Questions to a large prediction log. */
@NullMarked
package dev.fovea.bench.traffic;

import org.jspecify.annotations.NullMarked;
