/** Blobs and bundles in an object store that speaks S3, with a bounded local cache. */
@NullMarked
package dev.fovea.storage.s3;

import org.jspecify.annotations.NullMarked;
