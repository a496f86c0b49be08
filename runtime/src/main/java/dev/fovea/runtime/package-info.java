/** Run a model: picture in, typed answer out. */
@NullMarked
package dev.fovea.runtime;

import org.jspecify.annotations.NullMarked;
