/** The prediction cache: keys by content, single-flight, the shared second level, near-duplicates. */
@NullMarked
package dev.fovea.serving.cache;

import org.jspecify.annotations.NullMarked;
