package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A home with a detector that finds a cat (0.9) and a dog (0.6) at the same places of every image.
 *
 * @param directory of the home and of files for it
 */
record PetsDetector(Path directory) {

    /** The edge of the detector's input. */
    static final int EDGE = 64;

    private static final String CONTRACT = """
            {"color": "RGB", "resize": {"fit": "letterbox", "size": [64, 64], "filter": "bilinear",
             "engine": "opencv", "pad": 114, "anchor": "center"}, "scale": 0.00392156862745098}
            """;

    /** Registers it as {@code pets}. */
    static PetsDetector registered(Path directory) throws IOException {
        byte[] onnx = KnownDetector.taking("images", KnownDetector.ANY, 3, EDGE, EDGE)
                .output("dets", DataType.FLOAT, List.of(1L, 2L, 5L), 4, 4, 24, 28, 0.9, 40, 36, 60, 60, 0.6)
                .output("labels", DataType.INT64, List.of(1L, 2L), 0, 1)
                .bytes();
        PetsDetector pets = new PetsDetector(directory);
        Run imported = pets.run(
                "import",
                Files.write(directory.resolve("pets.onnx"), onnx).toString(),
                "--name",
                "pets",
                "--labels",
                Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n").toString(),
                "--contract",
                Files.writeString(directory.resolve("contract.json"), CONTRACT).toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        return pets;
    }

    Path home() {
        return directory.resolve("home");
    }

    /** A command line on its home. */
    Run run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home().toString();
        return Run.of(all);
    }
}
