package dev.fovea.datasets;

import dev.fovea.imaging.Box;

/**
 * A region that evaluation ignores: a matching detection of its class is neither a true nor a false positive, and the
 * region is never missed. Source: {@code ignore} in {@code COCOeval} of pycocotools; VOC2012 Development Kit, section
 * 3.
 *
 * @param label index of its class, from 0
 * @param box in pixels of the upright image, inside it and not empty
 * @param crowd whether it contains many objects (COCO {@code iscrowd}); a detection then matches by the fraction of its
 *     own area inside. One object (VOC {@code difficult}) matches by intersection over union
 */
public record IgnoredRegion(int label, Box box, boolean crowd) {

    /** The overlap of a detection, 0 to 1. */
    public double overlap(Box detection) {
        if (!crowd) {
            return detection.overlap(box);
        }
        return detection.isEmpty() ? 0 : detection.within(box).area() / detection.area();
    }
}
