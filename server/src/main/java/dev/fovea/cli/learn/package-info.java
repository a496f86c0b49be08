/** Commands that make versions or measure them: train, import, quantize, evaluate, compare. */
@NullMarked
package dev.fovea.cli.learn;

import org.jspecify.annotations.NullMarked;
