/** The server: wiring, health and metrics. */
@NullMarked
package dev.fovea.server;

import org.jspecify.annotations.NullMarked;
