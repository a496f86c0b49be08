/** Routes and the threads that deliver on them. */
@NullMarked
package dev.fovea.alerts.delivery;

import org.jspecify.annotations.NullMarked;
