/** Who labels which image next, and what becomes of it: settings, leases, honeypots and the label in force. */
@NullMarked
package dev.fovea.labels.queue;

import org.jspecify.annotations.NullMarked;
