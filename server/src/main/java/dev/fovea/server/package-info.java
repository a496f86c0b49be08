/** The program: HTTP, console, configuration, wiring, command line. */
@NullMarked
package dev.fovea.server;

import org.jspecify.annotations.NullMarked;
