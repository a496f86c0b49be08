/** True labels and business figures in the database. */
@NullMarked
package dev.fovea.storage.truth;

import org.jspecify.annotations.NullMarked;
