package dev.fovea.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Bundle;
import dev.fovea.server.Application;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in {@code examples} compile against the libraries and do what they say. */
class ExamplesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldPredictWithABundleOutsideOfAHome() throws Exception {
        try (Application application = Application.open(folder)) {
            new TestModels(application).register("shirts", 1);
        }
        Path image = Files.write(folder.resolve("hole.jpg"), TestModels.image(FabricClass.HOLE, 3));
        Process example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Path.of("..", "examples", "Predict.java").toString(),
                        bundle().toString(),
                        image.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(example.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(example.waitFor()).as(output).isZero();
        List<String> labels = Bundle.read(bundle()).manifest().labels();
        assertThat(output).contains(image + ": ").containsAnyOf(labels.toArray(String[]::new));
    }

    private Path bundle() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("bundles"))) {
            return files.filter(file -> file.endsWith("bundle.json"))
                    .findFirst()
                    .orElseThrow()
                    .getParent();
        }
    }
}
