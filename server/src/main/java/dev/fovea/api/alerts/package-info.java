/** Alerts and silences over HTTP. */
@NullMarked
package dev.fovea.api.alerts;

import org.jspecify.annotations.NullMarked;
