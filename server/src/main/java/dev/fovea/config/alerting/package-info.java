/** {@code alerts.json}: who is told of alerts. */
@NullMarked
package dev.fovea.config.alerting;

import org.jspecify.annotations.NullMarked;
