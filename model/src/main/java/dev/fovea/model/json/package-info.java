/** JSON of a preprocessing contract, and the reader of fields that all JSON of the bundle uses. */
@NullMarked
package dev.fovea.model.json;

import org.jspecify.annotations.NullMarked;
