package dev.fovea.datasets.exchange.model;

/** Something that data may say and a format may be unable to say. */
public enum ExchangeFeature {
    SINGLE_LABEL("classes of whole images"),
    MULTI_LABEL("several classes, or none, of one image"),
    SOFT_LABELS("probabilities of classes"),
    BOXES("boxes"),
    ROTATED_BOXES("rotated boxes"),
    POLYGONS("polygons"),
    POLYGON_PARTS("polygons of several parts"),
    POLYGON_HOLES("polygons with holes"),
    MASKS("masks"),
    SEMANTIC("that masks are those of classes and not of objects"),
    OVERLAPS("which object is in front where several overlap, and objects of one class apart"),
    KEYPOINTS("key points"),
    SKELETONS("names of key points"),
    ATTRIBUTES("attributes of objects"),
    CROWD("crowds"),
    DIFFICULT("objects marked as difficult"),
    TRUNCATED("objects marked as truncated"),
    OCCLUDED("objects marked as occluded"),
    TAGS("tags"),
    GROUPS("groups"),
    SPLITS("splits"),
    UNLABELLED("images that nobody has annotated, as against images without objects"),
    PRE_FILLS("predictions of models"),
    DEFINITIONS("definitions of classes"),
    /** Of a label design; no format has a place for it. */
    QUESTION("the question that people answer, and whether several classes or none can apply"),
    /** Of a label design; no format has a place for them. */
    EXAMPLES("example images in the definitions of classes"),
    CLASS_ORDER("the order of classes, and classes without an object");

    private final String words;

    ExchangeFeature(String words) {
        this.words = words;
    }

    /** A plural noun for messages. */
    public String words() {
        return words;
    }
}
