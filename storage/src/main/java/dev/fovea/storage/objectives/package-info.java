/** Objectives and the history of service levels in the database. */
@NullMarked
package dev.fovea.storage.objectives;

import org.jspecify.annotations.NullMarked;
