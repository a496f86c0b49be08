/** Metrics for Prometheus that are made of the state of other rooms at each scrape. */
@NullMarked
package dev.fovea.server.metrics;

import org.jspecify.annotations.NullMarked;
