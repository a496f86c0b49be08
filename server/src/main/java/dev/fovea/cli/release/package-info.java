/** Commands for versions: promote, canary, roll back, list, archive, export, delete. */
@NullMarked
package dev.fovea.cli.release;

import org.jspecify.annotations.NullMarked;
