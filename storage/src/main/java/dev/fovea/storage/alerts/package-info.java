/** Alerts, silences and deliveries on SQL. */
@NullMarked
package dev.fovea.storage.alerts;

import org.jspecify.annotations.NullMarked;
