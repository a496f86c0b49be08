/** Who labels which image next, and which label results: settings, leases, honeypots and the label in force. */
@NullMarked
package dev.fovea.labels.queue;

import org.jspecify.annotations.NullMarked;
