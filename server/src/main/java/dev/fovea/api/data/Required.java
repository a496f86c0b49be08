package dev.fovea.api.data;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields of requests that must be there or be one of some words; {@code ARGUMENT_INVALID} where they are not. */
public final class Required {

    private Required() {}

    /** A field that a request may not leave out. */
    public static <T> T field(String name, @Nullable T value) {
        if (value == null) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The field \"%s\" is missing. Set it.".formatted(name));
        }
        return value;
    }

    /** A field that a request may leave out. */
    public static <T> Optional<T> optional(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    static ImageTask task(@Nullable String word) {
        return Arrays.stream(ImageTask.values())
                .filter(task -> Json.word(task).equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "task",
                        word,
                        Arrays.stream(ImageTask.values()).map(Json::word).collect(Collectors.joining(", "))));
    }

    static Split split(String word) {
        return Arrays.stream(Split.values())
                .filter(split -> split.label().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown("split", word, "train, validation, test, unassigned"));
    }

    private static FoveaException unknown(String field, @Nullable String word, String known) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "\"%s\" is \"%s\"; it must be one of %s."
                        .formatted(field, word == null ? "" : Printable.brief(word), known));
    }
}
