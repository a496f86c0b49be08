package dev.fovea.cli.predict;

import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.pipeline.jobs.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea preview}. */
@Command(
        name = "preview",
        description = {
            "Writes each image after preprocessing as a PNG file.",
            "The files have the pixels before normalisation and the names of the originals. Check them first when a model predicts badly."
        },
        footer = {"", "Example:  fovea preview shirt.jpg --contract contract.json --png preview/"})
public final class PreviewCommand extends CliCommand {

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "The images.")
    private List<Path> images = List.of();

    @Option(
            names = "--contract",
            required = true,
            paramLabel = "CONTRACT",
            description = "JSON file with the preprocessing contract.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path contract;

    @Option(names = "--png", required = true, paramLabel = "DIR", description = "Directory of the PNG files.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path directory;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        OwnTargets targets = new OwnTargets(directory, "--png", ".png");
        targets.require(images);
        PreprocessingContract read = PreprocessingContractJson.read(contract);
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(read);
        int failed = 0;
        for (Path image : images) {
            try {
                terminal.say(image + " → " + see(image, targets, decoder, preprocessor));
            } catch (FoveaException e) {
                failed++;
                terminal.note("%s: %s %s".formatted(image, e.code(), e.getMessage()));
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private static Path see(Path path, OwnTargets targets, Decoder decoder, Preprocessor preprocessor) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            try (Image image = decoder.decode(bytes, preprocessor.contract());
                    Image seen = preprocessor.see(image)) {
                return targets.write(path, new ImageWriter().png(seen));
            }
        } catch (IOException e) {
            throw UnreadableFile.error(path, e);
        }
    }
}
