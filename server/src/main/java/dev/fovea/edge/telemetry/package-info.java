/** What the transports say about requests: traces, and the log of failures. */
@NullMarked
package dev.fovea.edge.telemetry;

import org.jspecify.annotations.NullMarked;
