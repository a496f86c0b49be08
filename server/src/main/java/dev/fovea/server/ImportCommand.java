package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.ContractJson;
import dev.fovea.pipeline.ModelImport;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea import}. */
@Command(
        name = "import",
        description = {
            "Makes an ONNX classifier from elsewhere the next version of a model.",
            "The contract says what is done to a picture first; it is never guessed. What the model answers to the golden pictures is recorded now and proved at every load."
        },
        footer = {
            "",
            "Example:  fovea import squeezenet.onnx --name squeezenet \\",
            "              --contract contract.json --labels labels.txt"
        })
final class ImportCommand extends HomeVerb {

    @Parameters(paramLabel = "MODEL.onnx", description = "The model's file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path file;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name here.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--contract",
            required = true,
            paramLabel = "CONTRACT",
            description = "JSON file with the preprocessing contract.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path contract;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "LABELS",
            description = "Text file: one label per line, in the order of the output.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path labels;

    @Option(
            names = "--golden",
            paramLabel = "PICTURE",
            arity = "1..*",
            description =
                    "Pictures to prove the model with (default: drawn ones). Give the model's file before this option.")
    private List<Path> golden = List.of();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private String note = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Imported(String model, int version, String bundle, boolean production) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        ModelImport.Request request =
                new ModelImport.Request(file, name, ContractJson.read(contract), lines(labels), pictures(golden), note);
        try (Local local = Local.open(home, terminal);
                Workers workers = Workers.forThisMachine()) {
            ModelVersion version = new ModelImport(local.workshop(Engine.open(), workers)).run(request);
            boolean production =
                    local.registry().model(name).promotion().orElseThrow().version() == version.number();
            if (json) {
                terminal.json(new Imported(name, version.number(), version.bundleId(), production));
            } else {
                terminal.say("Imported %s, proved on %d pictures. %s"
                        .formatted(
                                version.id(),
                                Math.max(golden.size(), 3),
                                production
                                        ? "It is in production."
                                        : "To put it into production: fovea promote %s %d"
                                                .formatted(name, version.number())));
            }
            return 0;
        }
    }

    private static List<String> lines(Path path) {
        try {
            List<String> lines = Files.readAllLines(path).stream()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH, "%s holds no label. Give one label per line.".formatted(path));
            }
            return lines;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static Map<String, byte[]> pictures(List<Path> paths) {
        Map<String, byte[]> pictures = new TreeMap<>();
        for (Path path : paths) {
            try {
                pictures.put(path.getFileName().toString(), Files.readAllBytes(path));
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        return pictures;
    }

    static FoveaException unreadable(Path path, IOException e) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check the path and its rights.".formatted(path), e);
    }
}
