/** What signals hold at which frequency. */
@NullMarked
package dev.fovea.statistics.spectrum;

import org.jspecify.annotations.NullMarked;
