/** Commands for cascades and fallbacks. */
@NullMarked
package dev.fovea.cli.cascade;

import org.jspecify.annotations.NullMarked;
