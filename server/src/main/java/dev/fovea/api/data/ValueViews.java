package dev.fovea.api.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the document of the API says about the values of annotations, which {@code AnnotationJson} reads and writes. */
public final class ValueViews {

    private ValueViews() {}

    /** What a person or model says about an image. */
    @Schema(
            name = "AnnotationValue",
            oneOf = {ClassesValue.class, ObjectsValue.class},
            description = "Classes of the whole image, or objects in it")
    public interface ValueView {}

    /** Classes of the whole image. */
    @Schema(name = "ClassesValue")
    public record ClassesValue(
            @Schema(description = "One for a classification, any number for a multi-label task")
            List<String> classes,

            @Schema(description = "A soft label: the probability of each class")
            Optional<Map<String, Double>> weights) {}

    /** Objects in the image. */
    @Schema(name = "ObjectsValue")
    public record ObjectsValue(List<AnnotatedObjectView> objects) {}

    /** An object; it has exactly one of box, rotated_box, polygon and mask. Pixels of the upright image. */
    @Schema(
            name = "AnnotatedObject",
            description =
                    "It has exactly one of box, rotated_box, polygon and mask. Coordinates are pixels of the upright image")
    public record AnnotatedObjectView(
            @JsonProperty("class") String name,

            @Schema(description = "x, y, width, height") Optional<List<Double>> box,

            @Schema(description = "Centre x, centre y, width, height, degrees clockwise")
            Optional<List<Double>> rotatedBox,

            @Schema(description = "x1, y1, x2, y2, … of each ring")
            Optional<List<List<Double>>> polygon,

            Optional<AnnotationMaskView> mask,
            Optional<Map<String, String>> attributes,
            Optional<List<Flag>> flags,
            Optional<List<KeypointView>> keypoints) {}

    /** A property of an object. */
    public enum Flag {
        @JsonProperty("crowd")
        CROWD,
        @JsonProperty("difficult")
        DIFFICULT,
        @JsonProperty("truncated")
        TRUNCATED,
        @JsonProperty("occluded")
        OCCLUDED
    }

    /** Pixels of an object. */
    @Schema(name = "AnnotationMask")
    public record AnnotationMaskView(
            int width,
            int height,

            @Schema(description = "COCO's compressed run lengths, column by column")
            String counts) {}

    /** A named point of an object. */
    @Schema(name = "AnnotationKeypoint")
    public record KeypointView(
            String name,
            double x,
            double y,

            @Schema(allowableValues = {"unlabelled", "hidden", "visible"})
            String visibility) {}
}
