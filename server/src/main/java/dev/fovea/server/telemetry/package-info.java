/** What a server says about itself: the form of its log, traces and error reports. */
@NullMarked
package dev.fovea.server.telemetry;

import org.jspecify.annotations.NullMarked;
