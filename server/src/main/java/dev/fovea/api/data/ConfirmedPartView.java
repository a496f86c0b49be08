package dev.fovea.api.data;

import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.labels.wrong.Confirmation;
import dev.fovea.labels.wrong.ConfirmedPart;
import dev.fovea.labels.wrong.NamedBox;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A suspect part of a label that a person finds right, with the fields of the suspect.
 *
 * @param id chosen by the client
 * @param annotator the name of the person
 * @param kind of the suspect
 * @param given the class as labelled
 * @param likely the class as predicted
 * @param givenBox the box as labelled
 * @param likelyBox the box as predicted
 */
@Schema(name = "ConfirmedPart")
public record ConfirmedPartView(
        @Schema(description = "Chosen by the client; the same id again records nothing new")
        String id,

        @Schema(description = "The name of the person; may be left out where the API key has a name")
        Optional<String> annotator,

        @Schema(
                description = "Of the suspect",
                allowableValues = {"extra", "missing", "spurious", "misplaced", "swapped", "overlooked"})
        String kind,

        @Schema(description = "Of the suspect; for all kinds but missing and overlooked")
        Optional<String> given,

        @Schema(description = "Of the suspect; for missing and overlooked")
        Optional<String> likely,

        @Schema(description = "Of the suspect, for spurious, misplaced and swapped: x, y, width, height in pixels")
        Optional<List<Double>> givenBox,

        @Schema(description = "Of the suspect, for overlooked")
        Optional<List<Double>> likelyBox) {

    /** As it is recorded; {@code ARGUMENT_INVALID} where a field is missing or wrong. */
    Confirmation confirmation(Caller caller) {
        return new Confirmation(Required.field("id", id), caller.annotator(Required.optional(annotator)), part());
    }

    private ConfirmedPart part() {
        return switch (Required.field("kind", kind)) {
            case "extra" -> new ConfirmedPart.ClassDecision(of("given", given), true);
            case "missing" -> new ConfirmedPart.ClassDecision(of("likely", likely), false);
            case "spurious", "misplaced", "swapped" ->
                new ConfirmedPart.RightBox(box(of("given", given), of("given_box", givenBox)));
            case "overlooked" -> new ConfirmedPart.NoObject(box(of("likely", likely), of("likely_box", likelyBox)));
            case "class" ->
                throw invalid(
                        "\"kind\" is \"class\", which is about the whole image. Record the same label again to confirm it: POST …/items/HASH/annotations.");
            default ->
                throw invalid(
                        "\"kind\" is \"%s\"; it must be one of extra, missing, spurious, misplaced, swapped, overlooked."
                                .formatted(Printable.brief(kind)));
        };
    }

    private static <T> T of(String field, Optional<T> value) {
        return Required.optional(value)
                .orElseThrow(() -> invalid("The field \"%s\" is missing. Set it.".formatted(field)));
    }

    /** A box of a class; {@code ARGUMENT_INVALID} unless it has four finite numbers and an area. */
    static NamedBox box(String label, List<Double> numbers) {
        boolean isBox = numbers.size() == 4
                && numbers.stream().allMatch(each -> each != null && Double.isFinite(each))
                && numbers.get(2) > 0
                && numbers.get(3) > 0;
        if (!isBox) {
            throw invalid(
                    "%s is no box. Give x, y, width and height in pixels; the last two above 0.".formatted(numbers));
        }
        return new NamedBox(label, numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
