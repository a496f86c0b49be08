/** Reads the files of ZIP and TAR archives within limits. */
@NullMarked
package dev.fovea.datasets.archive;

import org.jspecify.annotations.NullMarked;
