/** Where a training stands, written down so that another process can go on from there. */
@NullMarked
package dev.fovea.training.resume;

import org.jspecify.annotations.NullMarked;
