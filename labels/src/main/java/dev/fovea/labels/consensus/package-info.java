/** What several annotators say together, and how good each of them is. */
@NullMarked
package dev.fovea.labels.consensus;

import org.jspecify.annotations.NullMarked;
