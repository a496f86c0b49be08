/** Commands that work on a home as a whole. */
@NullMarked
package dev.fovea.cli.home;

import org.jspecify.annotations.NullMarked;
