/** Curated data sets on SQL and blobs. */
@NullMarked
package dev.fovea.storage.catalog;

import org.jspecify.annotations.NullMarked;
