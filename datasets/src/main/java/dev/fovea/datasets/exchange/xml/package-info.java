/** Annotation formats in XML: Pascal VOC and CVAT for images. */
@NullMarked
package dev.fovea.datasets.exchange.xml;

import org.jspecify.annotations.NullMarked;
