/** Which unlabelled images to label next. */
@NullMarked
package dev.fovea.labels.priority;

import org.jspecify.annotations.NullMarked;
