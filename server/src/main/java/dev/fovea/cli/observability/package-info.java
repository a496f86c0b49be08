/** Files for Prometheus, Grafana and Alertmanager. */
@NullMarked
package dev.fovea.cli.observability;

import org.jspecify.annotations.NullMarked;
