package dev.fovea.datasets.exchange.model;

import dev.fovea.fault.ErrorCode;

/** A fault of a data set that reading goes on after, with its remedy and what became of the place. */
public enum ReadFault {
    IMAGE_MISSING(
            ErrorCode.DATASET_INVALID,
            "the image is not there",
            "Put it into the folder of the annotations",
            "The image was left out"),
    IMAGE_UNREADABLE(ErrorCode.IMAGE_CORRUPT, "the image cannot be read", "Replace the file", "The image was left out"),
    IMAGE_PASSED_OVER(
            ErrorCode.DATASET_INVALID,
            "the image belongs to no class",
            "Put it into the folder of its class, or remove it",
            "The image was left out"),
    IMAGE_UNLISTED(
            ErrorCode.DATASET_INVALID,
            "the annotations do not list the image",
            "Add it to a data set without annotations, or list it",
            "The image was left out"),
    TWO_FILES(
            ErrorCode.DATASET_INVALID,
            "several image files fit the annotation",
            "Remove all but one",
            "The first one was taken"),
    ANNOTATED_TWICE(
            ErrorCode.DATASET_INVALID,
            "the image is annotated a second time",
            "Remove one of the annotations",
            "The first one was taken"),
    DUPLICATE_ID(
            ErrorCode.ANNOTATION_INVALID,
            "an id that another entry has",
            "Give each entry an id of its own",
            "Both were read"),
    OBJECT_INVALID(ErrorCode.ANNOTATION_INVALID, "the object is invalid", "Correct it", "The object was left out"),
    OBJECT_OUTSIDE(
            ErrorCode.ANNOTATION_INVALID,
            "the object is outside its image",
            "Correct its coordinates",
            "The object was left out"),
    OBJECT_CLIPPED(
            ErrorCode.ANNOTATION_INVALID,
            "the object exceeds its image",
            "Nothing needs to be done",
            "It was clipped at the edge"),
    OBJECT_EMPTY(ErrorCode.ANNOTATION_INVALID, "the object has no extent", "Draw it again", "The object was left out"),
    SELF_CROSSING(
            ErrorCode.ANNOTATION_INVALID,
            "the polygon crosses itself, so that its inside is not certain",
            "Draw it again",
            "It was read as it is; an area that it goes round twice counts as outside"),
    MANY_OBJECTS(
            ErrorCode.ANNOTATION_INVALID,
            "the image has 10,000 objects or more",
            "Check that they belong to one image",
            "All were read, and a data set takes 10,000 for one image"),
    CLASS_UNKNOWN(
            ErrorCode.ANNOTATION_INVALID,
            "the class is not in the data set's list",
            "Add it to the list",
            "The object was left out"),
    SIZE_DIFFERS(
            ErrorCode.DATASET_INVALID,
            "the annotation is for an image of another size",
            "Read again with --rescale, or export the annotations from the images that are there",
            "The image was read without annotation"),
    RESCALED(
            ErrorCode.DATASET_INVALID,
            "the annotation is for an image of another size",
            "Nothing needs to be done",
            "The coordinates were scaled"),
    STORED_ORIENTATION(
            ErrorCode.DATASET_INVALID,
            "the annotation is for the image as stored, before its EXIF orientation",
            "Nothing needs to be done",
            "The coordinates were turned upright"),
    OTHER_LABELS(
            ErrorCode.DATASET_INVALID,
            "the folder contains other labels of the same images",
            "State --task to choose, such as --task instance-segmentation for outlines",
            "It was not read"),
    LABELS_NOT_CHOSEN(
            ErrorCode.DATASET_INVALID,
            "the folder contains other labels of the same images, which the stated task or format passes over",
            "Nothing needs to be done",
            "It was not read"),
    NAMES_MISSING(
            ErrorCode.DATASET_INVALID,
            "no names of the classes were found",
            "Put a data.yaml with \"names\", or a classes.txt with a name per line, into the folder and read it again; or name a class that is in a data set: fovea data rename-class",
            "The classes are called by their numbers"),
    WINDOWS_PATH(
            ErrorCode.DATASET_INVALID,
            "the image is named by a path of Windows",
            "Nothing needs to be done",
            "The file was found by its name"),
    BYTE_ORDER_MARK(
            ErrorCode.DATASET_INVALID,
            "the file begins with a byte order mark",
            "Nothing needs to be done",
            "The mark was passed over"),
    UNSUPPORTED(
            ErrorCode.ANNOTATION_INVALID,
            "the annotation is of a kind that is not read",
            "Convert it to a box, polygon or mask",
            "It was left out");

    private final ErrorCode code;
    private final String words;
    private final String remedy;
    private final String consequence;

    ReadFault(ErrorCode code, String words, String remedy, String consequence) {
        this.code = code;
        this.words = words;
        this.remedy = remedy;
        this.consequence = consequence;
    }

    /** The code that the finding would have as an error. */
    public ErrorCode code() {
        return code;
    }

    /** Whether each place has a reason of its own to be told. */
    public boolean hasOwnReasons() {
        return this == IMAGE_UNREADABLE || this == IMAGE_PASSED_OVER;
    }

    /** What is wrong, beginning in lower case. */
    public String words() {
        return words;
    }

    /** What to do: an imperative without a full stop. */
    public String remedy() {
        return remedy;
    }

    /** What became of the place: a sentence without a full stop. */
    public String consequence() {
        return consequence;
    }
}
