/** Limits of time, load and cost around a service: timeouts, retries, circuit breaker, budget. */
@NullMarked
package dev.fovea.remote.guard;

import org.jspecify.annotations.NullMarked;
