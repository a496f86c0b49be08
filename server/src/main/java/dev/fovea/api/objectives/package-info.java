/** Service level objectives over HTTP. */
@NullMarked
package dev.fovea.api.objectives;

import org.jspecify.annotations.NullMarked;
