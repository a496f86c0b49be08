/** The command line: the program, and the commands that start a server. */
@NullMarked
package dev.fovea.cli;

import org.jspecify.annotations.NullMarked;
