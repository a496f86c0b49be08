/** Alerts: conditions that rooms report, their states, silences and deliveries, and the port of their store. */
@NullMarked
package dev.fovea.alerts;

import org.jspecify.annotations.NullMarked;
