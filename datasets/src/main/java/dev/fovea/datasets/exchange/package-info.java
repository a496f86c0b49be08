/**
 * Data sets from and to the formats of other tools. {@link dev.fovea.datasets.exchange.AnnotationFormats} is the door.
 */
@NullMarked
package dev.fovea.datasets.exchange;

import org.jspecify.annotations.NullMarked;
