/** Data sets over HTTP. */
@NullMarked
package dev.fovea.api.data;

import org.jspecify.annotations.NullMarked;
