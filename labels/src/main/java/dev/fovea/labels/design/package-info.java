/** The question before the labels: what may be wrong with the classes of a data set, and what a pilot advises. */
@NullMarked
package dev.fovea.labels.design;

import org.jspecify.annotations.NullMarked;
