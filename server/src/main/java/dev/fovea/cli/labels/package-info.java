/** Commands about the question that people answer when they label. */
@NullMarked
package dev.fovea.cli.labels;

import org.jspecify.annotations.NullMarked;
