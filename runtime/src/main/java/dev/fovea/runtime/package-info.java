/** Run a model: image in, typed answer out. */
@NullMarked
package dev.fovea.runtime;

import org.jspecify.annotations.NullMarked;
