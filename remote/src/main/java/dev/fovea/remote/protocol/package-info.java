/** Requests and responses of each provider, pure functions between bytes. */
@NullMarked
package dev.fovea.remote.protocol;

import org.jspecify.annotations.NullMarked;
