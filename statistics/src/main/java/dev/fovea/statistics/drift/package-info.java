/** Changes in a stream of blocks: ranks, evidence over time, thresholds for a declared run length, change times. */
@NullMarked
package dev.fovea.statistics.drift;

import org.jspecify.annotations.NullMarked;
