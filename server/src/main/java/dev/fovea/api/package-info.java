/** The HTTP API {@code /v1}. */
@NullMarked
package dev.fovea.api;

import org.jspecify.annotations.NullMarked;
