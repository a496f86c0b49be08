/** What a model is worth. */
@NullMarked
package dev.fovea.evaluation;

import org.jspecify.annotations.NullMarked;
