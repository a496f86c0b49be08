/** Images, labels, versions and splits. */
@NullMarked
package dev.fovea.datasets;

import org.jspecify.annotations.NullMarked;
