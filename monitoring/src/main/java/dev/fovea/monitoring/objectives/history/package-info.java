/** How the requests of each model went: counts by time, and who counts and keeps them. */
@NullMarked
package dev.fovea.monitoring.objectives.history;

import org.jspecify.annotations.NullMarked;
