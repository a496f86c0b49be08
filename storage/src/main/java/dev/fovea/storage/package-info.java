/** The ports of the rooms above on SQL and files. */
@NullMarked
package dev.fovea.storage;

import org.jspecify.annotations.NullMarked;
