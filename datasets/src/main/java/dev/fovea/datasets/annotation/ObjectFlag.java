package dev.fovea.datasets.annotation;

/** A property of an object that evaluation and training may heed. */
public enum ObjectFlag {
    /** It stands for many objects (COCO {@code iscrowd}, Open Images {@code IsGroupOf}); evaluation ignores it. */
    CROWD,
    /** It is hard to recognise (VOC {@code difficult}); evaluation ignores it. */
    DIFFICULT,
    /** It continues beyond the image's edge (VOC {@code truncated}). */
    TRUNCATED,
    /** Another object covers part of it (VOC {@code occluded}, CVAT {@code occluded}). */
    OCCLUDED
}
