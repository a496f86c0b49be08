/** The options of a search for the smallest model, and its candidates as text. */
@NullMarked
package dev.fovea.cli.search;

import org.jspecify.annotations.NullMarked;
