/** Records whose components are configuration keys: their types, names, environment variables and rules. */
@NullMarked
package dev.fovea.config.binding;

import org.jspecify.annotations.NullMarked;
