package dev.fovea.datasets.formats;

import dev.fovea.fault.Counted;
import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings of reading a detection data set.
 *
 * @param clipped boxes that exceeded their image and were clipped
 * @param empty boxes without area, dropped
 * @param ignored boxes that the format marks as ignored (COCO {@code iscrowd}, VOC {@code difficult})
 * @param missing annotated images that are missing
 * @param unreadable images that cannot be read
 * @param sentences all findings, each a sentence
 */
public record DetectionFindings(
        int clipped, int empty, int ignored, int missing, int unreadable, List<String> sentences) {

    public DetectionFindings {
        sentences = List.copyOf(sentences);
    }

    /** Counts while a folder is read. */
    static final class Counter {

        private final Map<String, Integer> scaled = new TreeMap<>();
        private final List<String> notes = new ArrayList<>();
        private int clipped;
        private double furthest;
        private String furthestAt = "";
        private int empty;
        private String emptyAt = "";
        private int ignored;
        private int missing;
        private String missingName = "";
        private int unreadable;
        private String unreadableName = "";
        private int oriented;
        private int stored;

        void note(String sentence) {
            notes.add(sentence);
        }

        void clipped(double beyond, String where) {
            clipped++;
            if (beyond > furthest) {
                furthest = beyond;
                furthestAt = where;
            }
        }

        void empty(String where) {
            emptyAt = empty++ == 0 ? where : emptyAt;
        }

        void ignored(int boxes) {
            ignored += boxes;
        }

        void missing(String name) {
            missingName = missing++ == 0 ? name : missingName;
        }

        int missing() {
            return missing;
        }

        String missingName() {
            return missingName;
        }

        void unreadable(Path image, Exception cause) {
            unreadableName = unreadable++ == 0 ? "%s (%s)".formatted(image, cause.getMessage()) : unreadableName;
        }

        void oriented(int orientation) {
            oriented += orientation == 1 ? 0 : 1;
        }

        void storedOrientation() {
            stored++;
        }

        void scaled(ImageSize declared, ImageSize real) {
            scaled.merge(
                    "%d×%d to %d×%d".formatted(declared.width(), declared.height(), real.width(), real.height()),
                    1,
                    Integer::sum);
        }

        DetectionFindings findings(Map<String, Integer> unknown) {
            List<String> sentences = new ArrayList<>(notes);
            say(
                    sentences,
                    clipped,
                    "%s exceeded the image and %s clipped, by up to %s %% of the edge: %s."
                            .formatted(
                                    Counted.of(clipped, "box", "boxes"),
                                    clipped == 1 ? "was" : "were",
                                    String.format(Locale.ROOT, "%.2f", 100 * furthest),
                                    furthestAt));
            say(
                    sentences,
                    empty,
                    "%s without extent left out, the first: %s.".formatted(Counted.of(empty, "box", "boxes"), emptyAt));
            say(
                    sentences,
                    ignored,
                    "%s marked as crowd or difficult: a detection that matches such a box counts neither as right nor as wrong."
                            .formatted(Counted.of(ignored, "box is", "boxes are")));
            say(
                    sentences,
                    missing,
                    "%s annotated and not there, the first: %s."
                            .formatted(Counted.of(missing, "image is", "images are"), missingName));
            say(
                    sentences,
                    unreadable,
                    "%s cannot be read, the first: %s"
                            .formatted(Counted.of(unreadable, "image", "images"), unreadableName));
            scaled.forEach((sizes, images) -> sentences.add(
                    "The annotations of %s declare another size than the image has; boxes were scaled from %s."
                            .formatted(Counted.of(images, "image", "images"), sizes)));
            say(
                    sentences,
                    oriented,
                    "%s an EXIF orientation; their boxes refer to the upright image."
                            .formatted(Counted.of(oriented, "image has", "images have")));
            say(
                    sentences,
                    stored,
                    "%s annotated as stored and not upright, by the size declared; their boxes were turned."
                            .formatted(Counted.of(stored, "image is", "images are")));
            say(
                    sentences,
                    unknown.size(),
                    "%s left out of classes that the model does not know: %s."
                            .formatted(
                                    Counted.of(
                                            unknown.values().stream()
                                                    .mapToInt(Integer::intValue)
                                                    .sum(),
                                            "box",
                                            "boxes"),
                                    ClassMapping.some(List.copyOf(unknown.keySet()))));
            return new DetectionFindings(clipped, empty, ignored, missing, unreadable, sentences);
        }

        private static void say(List<String> sentences, int count, String sentence) {
            if (count > 0) {
                sentences.add(sentence);
            }
        }
    }
}
