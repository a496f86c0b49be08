package dev.fovea.cli.accuracy;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.retention.LabelledTruths;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import dev.fovea.server.RetentionParts;
import dev.fovea.traffic.truth.ReportedTruths;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthReceipt;
import dev.fovea.traffic.truth.Truths;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea truth add}. */
@Command(
        name = "add",
        description = {
            "Adds true labels from a CSV file with the columns request_id and label, all or none.",
            "Several labels of an image are separated by |; a detector's are in a column boxes, as JSON.",
            "With --from-data-set, those that people gave to kept images. A server takes these over within seconds by itself."
        },
        footer = {
            "",
            "Example:  fovea truth add shirts labels.csv",
            "          fovea truth add shirts --from-data-set shirts-traffic"
        })
final class TruthAddCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "The CSV file.")
    private @Nullable Path file;

    @Option(
            names = "--from-data-set",
            paramLabel = "NAME",
            description = "Add the labels of kept images in this data set instead; see fovea traffic keep.")
    private @Nullable String dataset;

    @Option(
            names = "--replace",
            description = "Let labels that contradict those that stand take their place (default: count them).")
    private boolean replace;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if ((file == null) == (dataset == null)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "Name a CSV file, or a data set with --from-data-set, but not both.");
        }
        Terminal terminal = terminal();
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            TruthReceipt receipt;
            if (file == null) {
                LabelledTruths.LabelledReceipt labelled = RetentionParts.truths(application, parts)
                        .add(model, Optional.ofNullable(dataset), true, replace);
                receipt = labelled.receipt();
                if (labelled.unusable() > 0) {
                    terminal.note(
                            "%,d labels say nothing about a prediction: their class is none of the model, or they are outlines."
                                    .formatted(labelled.unusable()));
                }
            } else {
                boolean multiLabel = Truths.isMultiLabel(application.registry().model(model));
                receipt = parts.truths().add(model, read(file, multiLabel), replace);
            }
            if (json) {
                terminal.json(receipt);
            } else {
                TruthText.receipt(receipt).forEach(terminal::say);
            }
            return 0;
        }
    }

    private static List<Truth> read(Path file, boolean multiLabel) {
        try (BufferedReader csv = Files.newBufferedReader(file)) {
            return ReportedTruths.read(csv, multiLabel, Instant.now());
        } catch (NoSuchFileException e) {
            throw unreadable("There is no file \"%s\".".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw unreadable("\"%s\" is no text in UTF-8. Save it as CSV in UTF-8.".formatted(file), e);
        } catch (IOException e) {
            throw unreadable(
                    Files.isDirectory(file)
                            ? "\"%s\" is a directory. Give a CSV file.".formatted(file)
                            : "\"%s\" cannot be read: %s".formatted(file, e.getMessage()),
                    e);
        }
    }

    private static FoveaException unreadable(String message, IOException e) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message, e);
    }
}
