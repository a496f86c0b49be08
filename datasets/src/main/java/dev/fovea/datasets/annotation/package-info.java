/** What annotators say about images, as values: classes, boxes, polygons, masks, keypoints. */
@NullMarked
package dev.fovea.datasets.annotation;

import org.jspecify.annotations.NullMarked;
