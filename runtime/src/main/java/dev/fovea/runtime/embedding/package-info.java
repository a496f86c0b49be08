/** Embeddings of images by a registered classifier. */
@NullMarked
package dev.fovea.runtime.embedding;

import org.jspecify.annotations.NullMarked;
