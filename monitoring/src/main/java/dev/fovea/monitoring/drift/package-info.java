/** Whether a model's traffic has changed: blocks of it compared with quiet ones, at a declared false-alarm rate. */
@NullMarked
package dev.fovea.monitoring.drift;

import org.jspecify.annotations.NullMarked;
