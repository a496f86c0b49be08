/** Networks whose weights are all learned in a search, by successive halving, and judged on images held back. */
@NullMarked
package dev.fovea.pipeline.search.network;

import org.jspecify.annotations.NullMarked;
