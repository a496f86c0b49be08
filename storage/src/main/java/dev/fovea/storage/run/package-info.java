/** Runs of trainings on SQL. */
@NullMarked
package dev.fovea.storage.run;

import org.jspecify.annotations.NullMarked;
