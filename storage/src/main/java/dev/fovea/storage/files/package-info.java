/** Blobs and bundles in directories, written whole and durably. */
@NullMarked
package dev.fovea.storage.files;

import org.jspecify.annotations.NullMarked;
