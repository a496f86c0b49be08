/** Experiments on the command line. */
@NullMarked
package dev.fovea.cli.experiment;

import org.jspecify.annotations.NullMarked;
