/** Images to tensors, their speed and exactness. */
@NullMarked
package dev.fovea.bench.decode;

import org.jspecify.annotations.NullMarked;
