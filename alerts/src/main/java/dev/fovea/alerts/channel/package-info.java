/** One class per receiver: what is sent to it, and what its answers mean. */
@NullMarked
package dev.fovea.alerts.channel;

import org.jspecify.annotations.NullMarked;
