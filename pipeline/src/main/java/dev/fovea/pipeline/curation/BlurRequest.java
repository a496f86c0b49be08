package dev.fovea.pipeline.curation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.imaging.drawing.RegionBlur;
import dev.fovea.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is made unrecognizable in images that come in.
 *
 * @param model a detector of the registry
 * @param version empty for the one in production
 * @param classes those of its classes that are blurred; empty for all
 * @param method how
 */
public record BlurRequest(String model, Optional<Integer> version, List<String> classes, RegionBlur.Method method) {

    private static final Pattern FORM =
            Pattern.compile("(?<model>[^@:]+)(?:@(?<version>[1-9][0-9]{0,8}))?(?::(?<classes>.+))?");

    public BlurRequest {
        classes = List.copyOf(classes);
    }

    /**
     * Reads {@code MODEL[@VERSION][:CLASS,…]} and {@code blur}, {@code pixelate} or {@code fill}.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for anything else
     */
    public static BlurRequest parse(String text, String method) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" does not name what to blur. Use MODEL[@VERSION][:CLASS,…], such as faces or coco@2:person,car."
                            .formatted(Printable.brief(text)));
        }
        return new BlurRequest(
                parts.group("model"),
                Optional.ofNullable(parts.group("version")).map(Integer::valueOf),
                Optional.ofNullable(parts.group("classes")).stream()
                        .flatMap(list -> Arrays.stream(list.split(",")))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                method(method));
    }

    private static RegionBlur.Method method(String word) {
        return Arrays.stream(RegionBlur.Method.values())
                .filter(each -> Json.word(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The blur method is \"%s\"; it must be blur, pixelate or fill."
                                .formatted(Printable.brief(word))));
    }
}
