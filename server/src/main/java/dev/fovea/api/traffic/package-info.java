/** What was logged of a model's traffic, over HTTP. */
@NullMarked
package dev.fovea.api.traffic;

import org.jspecify.annotations.NullMarked;
