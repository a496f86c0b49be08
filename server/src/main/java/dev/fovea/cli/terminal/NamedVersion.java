package dev.fovea.cli.terminal;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model as it is named on the command line, with or without a version: {@code shirts}, {@code shirts@2}.
 *
 * @param version empty for the one in production
 */
public record NamedVersion(String name, Optional<Integer> version) {

    private static final Pattern FORM = Pattern.compile("([^@]+)(?:@([1-9][0-9]{0,8}))?");

    /**
     * The version, where one must be named.
     *
     * @param verb the command, for the message of {@code ARGUMENT_INVALID}
     */
    public int required(String verb) {
        return version.orElseThrow(() -> new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "\"%2$s\" names no version. Write which one: fovea %1$s %2$s@2; \"fovea models %2$s\" lists them."
                        .formatted(verb, name)));
    }

    public static NamedVersion parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" names no version; write shirts for the one in production, or shirts@2.".formatted(text));
        }
        return new NamedVersion(
                parts.group(1), Optional.ofNullable(parts.group(2)).map(Integer::valueOf));
    }
}
