/** Labelling over HTTP: the queue, agreement, the design of a question, and Label Studio. */
@NullMarked
package dev.fovea.api.labels;

import org.jspecify.annotations.NullMarked;
