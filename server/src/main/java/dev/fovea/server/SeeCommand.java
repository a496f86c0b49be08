package dev.fovea.server;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Contract;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Limits;
import dev.fovea.imaging.Picture;
import dev.fovea.imaging.PictureWriter;
import dev.fovea.imaging.Preprocessor;
import dev.fovea.model.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea see}. */
@Command(
        name = "see",
        description = {
            "Writes what a network would see of each picture as a PNG file.",
            "The pictures are written as they are before normalisation, named like the originals: the first thing to look at when a model misbehaves."
        },
        footer = {"", "Example:  fovea see shirt.jpg --contract contract.json --png seen/"})
final class SeeCommand extends Verb {

    @Parameters(arity = "1..*", paramLabel = "PICTURE", description = "The pictures.")
    private List<Path> pictures = List.of();

    @Option(
            names = "--contract",
            required = true,
            paramLabel = "CONTRACT",
            description = "JSON file with the preprocessing contract.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path contract;

    @Option(names = "--png", required = true, paramLabel = "DIR", description = "Where the PNG files go.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path directory;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        OwnTargets targets = new OwnTargets(directory, "--png", ".png");
        targets.require(pictures);
        Contract read = ContractJson.read(contract);
        Decoder decoder = new Decoder(Limits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(read);
        int failed = 0;
        for (Path picture : pictures) {
            try {
                terminal.say(picture + " → " + see(picture, targets, decoder, preprocessor));
            } catch (FoveaException e) {
                failed++;
                terminal.note("%s: %s %s".formatted(picture, e.code(), e.getMessage()));
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private static Path see(Path path, OwnTargets targets, Decoder decoder, Preprocessor preprocessor) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            try (Picture picture = decoder.decode(bytes, preprocessor.contract());
                    Picture seen = preprocessor.see(picture)) {
                return targets.write(path, new PictureWriter().png(seen));
            }
        } catch (IOException e) {
            throw ImageFiles.unreadable(path, e);
        }
    }
}
