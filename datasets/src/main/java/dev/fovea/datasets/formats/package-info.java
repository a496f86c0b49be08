/**
 * Annotation formats of other tools, read as they lie: YOLO, COCO JSON and Pascal VOC.
 * {@link dev.fovea.datasets.formats.DetectionFolder} is the door.
 */
@NullMarked
package dev.fovea.datasets.formats;

import org.jspecify.annotations.NullMarked;
