/** Networks with learned weights that trainings start from. */
@NullMarked
package dev.fovea.pipeline.backbone;

import org.jspecify.annotations.NullMarked;
