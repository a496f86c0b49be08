/** Postprocessing as data: which output decoder with which settings. */
@NullMarked
package dev.fovea.model.decoder;

import org.jspecify.annotations.NullMarked;
