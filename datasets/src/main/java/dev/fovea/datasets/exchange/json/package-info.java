/** Annotation formats in JSON: COCO, Label Studio, Datumaro. */
@NullMarked
package dev.fovea.datasets.exchange.json;

import org.jspecify.annotations.NullMarked;
