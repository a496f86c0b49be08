/** {@code fovea data}: data sets on the command line. */
@NullMarked
package dev.fovea.cli.data;

import org.jspecify.annotations.NullMarked;
