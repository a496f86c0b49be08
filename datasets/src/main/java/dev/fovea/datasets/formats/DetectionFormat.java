package dev.fovea.datasets.formats;

/** How the boxes of a detection data set are written down. */
public enum DetectionFormat {
    /** A text file per image, a line per box, in shares of the image. */
    YOLO("YOLO label files"),
    /** One JSON document per split, with {@code images}, {@code annotations} and {@code categories}. */
    COCO("COCO JSON"),
    /** An XML file per image, in pixels. */
    PASCAL_VOC("Pascal VOC XML"),
    /** A list of tasks with rectangles, in percent of the image. */
    LABEL_STUDIO("a Label Studio export");

    private final String words;

    DetectionFormat(String words) {
        this.words = words;
    }

    /** The format's name for a person. */
    public String words() {
        return words;
    }
}
