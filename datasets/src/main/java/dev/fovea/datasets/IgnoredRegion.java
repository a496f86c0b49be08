package dev.fovea.datasets;

import dev.fovea.imaging.Box;

/**
 * A region that a data set marks as not to be judged by: a detection of its class that matches it is neither right nor
 * wrong, and it is not missed. Source: {@code ignore} in {@code COCOeval} of pycocotools; VOC2012 Development Kit,
 * section 3.
 *
 * @param label index of its class, from 0
 * @param box in pixels of the upright image, inside it and not empty
 * @param crowd whether it holds many objects (COCO {@code iscrowd}), so that a detection matches with the share of its
 *     own area that lies inside; else it is one object (VOC {@code difficult}), matched by intersection over union
 */
public record IgnoredRegion(int label, Box box, boolean crowd) {

    /** How far a detection overlaps it, 0 to 1. */
    public double overlap(Box detection) {
        if (!crowd) {
            return detection.overlap(box);
        }
        return detection.isEmpty() ? 0 : detection.within(box).area() / detection.area();
    }
}
