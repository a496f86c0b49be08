/** The confidence alarm with its declared false-alarm rate. */
@NullMarked
package dev.fovea.monitoring.alerts;

import org.jspecify.annotations.NullMarked;
