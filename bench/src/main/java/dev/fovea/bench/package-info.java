/** Speed, measured against a baseline in the same run. */
@NullMarked
package dev.fovea.bench;

import org.jspecify.annotations.NullMarked;
