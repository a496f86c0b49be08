package dev.fovea.pipeline.teacher;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A teacher as a request names it: {@code NAME} or {@code NAME:VERSION} of a registered model.
 *
 * @param number of the version; empty for the one in production, else the newest
 */
public record TeacherReference(String name, Optional<Integer> number) {

    private static final Pattern REGISTERED = Pattern.compile("([a-z0-9][a-z0-9._-]*)(?:[:@](\\d{1,9}))?");

    /** The reference of a text; {@code ARGUMENT_INVALID} for what can be no registered model. */
    public static TeacherReference parse(String text) {
        Matcher matcher = REGISTERED.matcher(text);
        if (!matcher.matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The teacher \"%s\" is no registered model. Give NAME or NAME:VERSION; an ONNX file becomes one with fovea import."
                            .formatted(text));
        }
        return new TeacherReference(
                matcher.group(1), Optional.ofNullable(matcher.group(2)).map(Integer::valueOf));
    }

    /** The version; {@code MODEL_UNKNOWN} and {@code VERSION_UNKNOWN}. */
    ModelVersion version(Registry registry) {
        RegisteredModel model = registry.model(name);
        return number.map(model::version)
                .or(() -> model.alias(Alias.PRODUCTION))
                .or(model::latest)
                .orElseThrow();
    }

    /** The same with the version as it is now, so that a later promotion does not change it. */
    public static String pinned(String text, Registry registry) {
        return parse(text).version(registry).id().toString();
    }
}
