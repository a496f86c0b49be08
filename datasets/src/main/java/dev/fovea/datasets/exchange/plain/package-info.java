/** Annotation formats in folders and plain text: class folders, tables, YOLO, Open Images. */
@NullMarked
package dev.fovea.datasets.exchange.plain;

import org.jspecify.annotations.NullMarked;
