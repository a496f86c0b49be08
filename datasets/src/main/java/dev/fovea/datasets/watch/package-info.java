/** Images that appear in a folder. */
@NullMarked
package dev.fovea.datasets.watch;

import org.jspecify.annotations.NullMarked;
