package dev.fovea.cli.labels;

import dev.fovea.cli.terminal.Hashes;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.labels.LabelDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that change a design. */
final class DesignOptions {

    @Option(names = "--question", paramLabel = "TEXT", description = "What people are to answer about each image.")
    private @Nullable String question;

    @Option(names = "--exclusive", description = "States that only one class can apply to an image.")
    private boolean exclusive;

    @Option(names = "--multiple", description = "States that two classes can apply to one image.")
    private boolean multiple;

    @Option(
            names = "--none",
            paramLabel = "yes|no",
            description = "States whether there are images to which none of the classes applies.")
    private @Nullable String none;

    @Option(names = "--add-class", paramLabel = "CLASS", description = "Adds a class; repeat it for more.")
    private List<String> added = List.of();

    @Option(
            names = "--define",
            paramLabel = "CLASS=TEXT",
            description = "The definition of a class: what must be seen, and what does not count.")
    private List<String> defined = List.of();

    @Option(
            names = "--example",
            paramLabel = "CLASS=IMAGE",
            description = "An image of the data set that shows the class, by its hash or file.")
    private List<String> examples = List.of();

    @Option(
            names = "--counter-example",
            paramLabel = "CLASS=IMAGE",
            description = "An image of the data set that seems to show the class and does not.")
    private List<String> counterExamples = List.of();

    @Option(names = "--remove-example", paramLabel = "IMAGE", description = "An image that is an example no more.")
    private List<String> removed = List.of();

    /** Makes the changes; nothing is changed when one of the arguments cannot be read. */
    void apply(String name, Datasets datasets, LabelDesign design) {
        Map<String, String> texts = new LinkedHashMap<>();
        defined.forEach(text -> texts.put(label(text, text.indexOf('=')), value(text, text.indexOf('='))));
        List<Shown> shown = shown(name, datasets, examples);
        List<Shown> excluded = shown(name, datasets, counterExamples);
        List<ContentHash> dropped =
                removed.stream().map(each -> image(name, datasets, each)).toList();
        LabelQuestion before = datasets.dataset(name).question();
        LabelQuestion asked = new LabelQuestion(
                Optional.ofNullable(question).orElse(before.text()),
                several().or(before::severalApply),
                Optional.ofNullable(none).map(DesignOptions::isYes).or(before::noneApplies));
        if (!added.isEmpty()) {
            var _ = datasets.classes(
                    name,
                    present -> Stream.concat(present.stream(), added.stream().map(ClassDefinition::named))
                            .toList());
        }
        if (!asked.equals(before)) {
            var _ = design.ask(name, asked);
        }
        texts.forEach((label, definition) -> design.define(name, label, definition));
        dropped.forEach(image -> datasets.classes(
                name,
                present -> present.stream()
                        .map(each -> each.without(image.toString()))
                        .toList()));
        shown.forEach(each -> design.example(name, each.image(), each.label()));
        excluded.forEach(each -> design.counterExample(name, each.image(), each.label()));
    }

    private Optional<Boolean> several() {
        if (exclusive && multiple) {
            throw invalid("--exclusive and --multiple contradict each other. Use one of them.");
        }
        return exclusive || multiple ? Optional.of(multiple) : Optional.empty();
    }

    private static boolean isYes(String word) {
        return switch (word) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw invalid("--none is \"%s\"; it must be yes or no.".formatted(Printable.brief(word)));
        };
    }

    private record Shown(String label, ContentHash image) {}

    private static List<Shown> shown(String name, Datasets datasets, List<String> texts) {
        return texts.stream()
                .map(text -> new Shown(
                        label(text, text.lastIndexOf('=')), image(name, datasets, value(text, text.lastIndexOf('=')))))
                .toList();
    }

    private static String label(String text, int end) {
        if (end < 1) {
            throw invalid("\"%s\" is not CLASS=VALUE, such as hole=\"A gap of 1 mm or more\"."
                    .formatted(Printable.brief(text)));
        }
        return text.substring(0, end).strip();
    }

    private static String value(String text, int end) {
        return text.substring(end + 1).strip();
    }

    /** The image of a file, or the one whose hash begins with some digits. */
    private static ContentHash image(String name, Datasets datasets, String text) {
        Path file = Path.of(text);
        if (!Files.isRegularFile(file)) {
            return Hashes.find(datasets, name, text);
        }
        try {
            return ContentHash.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The file %s cannot be read. Check its permissions.".formatted(file),
                    e);
        }
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
