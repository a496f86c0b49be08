/** The closed error vocabulary. */
@NullMarked
package dev.fovea.fault;

import org.jspecify.annotations.NullMarked;
