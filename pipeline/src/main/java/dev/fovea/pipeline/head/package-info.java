/** Classifiers that are fitted to the features of a network with learned weights, in seconds. */
@NullMarked
package dev.fovea.pipeline.head;

import org.jspecify.annotations.NullMarked;
