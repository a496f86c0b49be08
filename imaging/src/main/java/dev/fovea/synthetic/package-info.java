/** Images of fabric with faults, drawn from a seed, for the demo and for tests. */
@NullMarked
package dev.fovea.synthetic;

import org.jspecify.annotations.NullMarked;
