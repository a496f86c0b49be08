package dev.fovea.config.binding;

import dev.fovea.json.DurationText;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The types of a configuration value; how each is written, read and described. */
public enum ValueType {
    INTEGER("integer", "a whole number%s", Integer::parseInt),
    NUMBER("number", "a number%s", ValueType::number),
    FLAG("`true` or `false`", "true or false", ValueType::flag),
    DURATION(
            "duration",
            "a duration%s, such as 250ms, 30s, 2m, 1h or 7d",
            text -> DurationText.parse(text).orElseThrow(IllegalArgumentException::new)),
    SIZE(
            "size",
            "a size%s, such as 500kB, 64MB or 64MiB",
            text -> ByteSize.parse(text).orElseThrow(IllegalArgumentException::new)),
    TEXT("text", "text", text -> text),
    OPTIONAL_TEXT("text", "text", text -> Optional.of(text).filter(given -> !given.isEmpty())),
    LIST("list", "a list, separated by commas", text -> entries(text).toList()),
    DIRECTORIES(
            "list of directories",
            "a list of directories of this machine, separated by commas",
            text -> entries(text).map(ValueType::directory).toList());

    private final String words;
    private final String rule;
    private final Function<String, Object> parser;

    ValueType(String words, String rule, Function<String, Object> parser) {
        this.words = words;
        this.rule = rule;
        this.parser = parser;
    }

    /** Reads a value; {@code IllegalArgumentException} where it has another form. */
    public Object parse(String text) {
        return parser.apply(text);
    }

    /** For the reference page. */
    public String words() {
        return words;
    }

    /** What a value must be, for a message. */
    public String rule(Key key) {
        return "must be " + rule.formatted(key.min().isEmpty() ? "" : " from %s to %s".formatted(key.min(), key.max()));
    }

    /** The type of a component that has a {@link Key}. */
    public static ValueType of(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == int.class) {
            return INTEGER;
        } else if (type == double.class) {
            return NUMBER;
        } else if (type == boolean.class) {
            return FLAG;
        } else if (type == Duration.class) {
            return DURATION;
        } else if (type == ByteSize.class) {
            return SIZE;
        } else if (type == String.class) {
            return TEXT;
        } else if (type == Optional.class) {
            return OPTIONAL_TEXT;
        } else if (type == List.class) {
            return component.getGenericType().getTypeName().contains("Path") ? DIRECTORIES : LIST;
        }
        throw new IllegalStateException("no key can have the type of " + component);
    }

    /** No infinity, and nothing that is no number. */
    private static double number(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException(text);
    }

    private static Stream<String> entries(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).filter(entry -> !entry.isEmpty());
    }

    private static Path directory(String entry) {
        try {
            Path directory = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(directory)) {
                return directory;
            }
        } catch (InvalidPathException e) {
            // named below
        }
        throw new IllegalArgumentException(entry);
    }
}
