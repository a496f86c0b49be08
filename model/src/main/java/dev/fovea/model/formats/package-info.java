/** What files of other tools say of a model: timm, Hugging Face, Ultralytics, Triton, lists of labels. */
@NullMarked
package dev.fovea.model.formats;

import org.jspecify.annotations.NullMarked;
