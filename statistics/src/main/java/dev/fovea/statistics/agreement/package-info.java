/** Labels by several annotators: how far they agree, what the consensus is, and how good each annotator is. */
@NullMarked
package dev.fovea.statistics.agreement;

import org.jspecify.annotations.NullMarked;
