/** JSON documents bound to records: one configured mapper, and errors that name the field. */
@NullMarked
package dev.fovea.json;

import org.jspecify.annotations.NullMarked;
