/** Settings, read from the command line, the environment and a file, and checked at start. */
@NullMarked
package dev.fovea.config;

import org.jspecify.annotations.NullMarked;
