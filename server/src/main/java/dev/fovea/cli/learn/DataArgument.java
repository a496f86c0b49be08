package dev.fovea.cli.learn;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A folder, or the name of a data set, as an argument. */
final class DataArgument {

    private static final Pattern DATASET = Pattern.compile("[a-z0-9][a-z0-9._-]*(@[0-9a-z]+)?");

    private DataArgument() {}

    /** A folder as its absolute path; another text that may name a data set stays as it is. */
    static String of(String text) {
        try {
            Path path = Path.of(text);
            return Files.exists(path) || !DATASET.matcher(text).matches()
                    ? path.toAbsolutePath().toString()
                    : text;
        } catch (InvalidPathException e) {
            return text;
        }
    }
}
