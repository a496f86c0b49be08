/** Images of traffic, and the policies that keep them, on SQL. */
@NullMarked
package dev.fovea.storage.retention;

import org.jspecify.annotations.NullMarked;
