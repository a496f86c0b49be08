/** What all commands share: options, terminal output, the home. */
@NullMarked
package dev.fovea.cli.terminal;

import org.jspecify.annotations.NullMarked;
