/** Settings of what a server says about itself: its log, traces and error reports. */
@NullMarked
package dev.fovea.config.telemetry;

import org.jspecify.annotations.NullMarked;
