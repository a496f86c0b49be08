/** Readers of the files that other tools write: timm, Hugging Face, Ultralytics, Triton, lists of labels. */
@NullMarked
package dev.fovea.model.formats;

import org.jspecify.annotations.NullMarked;
