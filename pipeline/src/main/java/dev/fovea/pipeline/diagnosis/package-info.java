/** Why a model is not as good as it is needed, from its images and their features, and what would help most. */
@NullMarked
package dev.fovea.pipeline.diagnosis;

import org.jspecify.annotations.NullMarked;
