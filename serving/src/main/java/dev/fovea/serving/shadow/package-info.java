/** A candidate version that sees production's requests and answers none of them. */
@NullMarked
package dev.fovea.serving.shadow;

import org.jspecify.annotations.NullMarked;
