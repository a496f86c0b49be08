package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A text file with one label per line, in the order of the output; empty lines do not count. Lines such as {@code N/A}
 * may occur more than once; they get their place in the order (from 0) as in {@code N/A (12)}. Indices in front of all
 * labels, as in {@code 0 cat}, are left out.
 */
public final class LabelFile {

    private static final Set<String> PLACEHOLDERS = Set.of("n/a", "na", "none", "-", "???", "unused");

    private static final Pattern INDEXED = Pattern.compile("(\\d{1,6})[\\s:,;]\\s*(\\S.*)");

    private LabelFile() {}

    /** {@code LABELS_MISMATCH} for a label with control characters, which no terminal or log should be given. */
    static List<String> requirePrintable(List<String> labels, String source) {
        for (int i = 0; i < labels.size(); i++) {
            if (!Printable.isPlain(labels.get(i))) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "%s: label %d \"%s\" holds control characters. Remove them."
                                .formatted(source, i + 1, Printable.word(labels.get(i))));
            }
        }
        return labels;
    }

    /** COCO's and torchvision's lists have lines for indices that no class has, which are all called the same. */
    private static List<String> distinctPlaceholders(List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> PLACEHOLDERS.contains(lines.get(i).toLowerCase(Locale.ROOT))
                                && Collections.frequency(lines, lines.get(i)) > 1
                        ? "%s (%d)".formatted(lines.get(i), i)
                        : lines.get(i))
                .toList();
    }

    /** Lines such as {@code 0 cat}, counted from 0, lose the index, which repeats their position. */
    private static List<String> withoutIndices(List<String> lines, Path path) {
        List<Matcher> matchers = lines.stream().map(INDEXED::matcher).toList();
        if (lines.size() < 2 || !matchers.stream().allMatch(Matcher::matches)) {
            return lines;
        }
        List<String> names = matchers.stream().map(line -> line.group(2)).toList();
        if (names.stream().distinct().count() < names.size()) {
            return lines;
        }
        List<Integer> indices =
                matchers.stream().map(line -> Integer.parseInt(line.group(1))).toList();
        List<Integer> places = IntStream.range(0, lines.size()).boxed().toList();
        if (indices.equals(places)) {
            return names;
        }
        if (indices.stream().sorted().toList().equals(places)) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "%s: line 1 begins with the index %d. Sort the lines by their indices, or remove these."
                            .formatted(path, indices.getFirst()));
        }
        return lines;
    }

    /** At least one label; {@code LABELS_MISMATCH} otherwise, {@code ARGUMENT_INVALID} if it cannot be read. */
    public static List<String> read(Path path) {
        try {
            List<String> lines = text(path)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH, "%s holds no label. Give one label per line.".formatted(path));
            }
            return distinctPlaceholders(requirePrintable(withoutIndices(lines, path), path.toString()));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot be read. Check the path and its permissions.".formatted(path),
                    e);
        }
    }

    /** UTF-8, or UTF-16 with the byte order mark that Windows programs write. */
    private static String text(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int first = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        boolean wide = first == 0xfeff || first == 0xfffe;
        try {
            String text = (wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is not text in UTF-8. Convert it, for example from Latin-1: iconv -f LATIN1 -t UTF-8 %s > labels.txt"
                            .formatted(path, path.getFileName()),
                    e);
        }
    }
}
