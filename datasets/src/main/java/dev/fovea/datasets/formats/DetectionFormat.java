package dev.fovea.datasets.formats;

/** How the boxes of a detection data set are written down. */
public enum DetectionFormat {
    /** A text file per image, a line per box, in shares of the image. */
    YOLO("YOLO label files"),
    /** One JSON document per split, with {@code images}, {@code annotations} and {@code categories}. */
    COCO("COCO JSON"),
    /** An XML file per image, in pixels. */
    PASCAL_VOC("Pascal VOC XML");

    private final String words;

    DetectionFormat(String words) {
        this.words = words;
    }

    /** The format's name for a person. */
    public String words() {
        return words;
    }
}
