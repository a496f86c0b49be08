/** How right a version is in production: without labels, with few of them, and whether that has changed. */
@NullMarked
package dev.fovea.monitoring.accuracy;

import org.jspecify.annotations.NullMarked;
