/** JSON of a preprocessing contract. */
@NullMarked
package dev.fovea.model.json;

import org.jspecify.annotations.NullMarked;
