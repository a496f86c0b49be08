/** Run a model: image in, typed prediction out. */
@NullMarked
package dev.fovea.runtime;

import org.jspecify.annotations.NullMarked;
