/** Service level objectives of models: what was promised, what was kept of it, and how fast error budgets burn. */
@NullMarked
package dev.fovea.monitoring.objectives;

import org.jspecify.annotations.NullMarked;
