/** Fovea against the servers that engineers write or install in Python, on the same images in the same run. */
@NullMarked
package dev.fovea.bench.peers;

import org.jspecify.annotations.NullMarked;
