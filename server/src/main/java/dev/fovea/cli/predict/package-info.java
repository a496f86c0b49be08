/** Commands that predict and measure speed: predict, preview, inspect, load, tune, cache-check. */
@NullMarked
package dev.fovea.cli.predict;

import org.jspecify.annotations.NullMarked;
