/** What observing each image costs. */
@NullMarked
package dev.fovea.bench.door;

import org.jspecify.annotations.NullMarked;
