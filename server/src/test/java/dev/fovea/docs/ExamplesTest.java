package dev.fovea.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Bundle;
import dev.fovea.server.Application;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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
        Path image = Files.write(folder.resolve("image.jpg"), TestModels.image(FabricClass.HOLE, 3));
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        Path.of("..", "examples", "Predict.java").toString(),
                        bundle().toString(),
                        image.toString())
                .redirectErrorStream(true);
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process example = program.start();
        String output = new String(example.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(example.waitFor()).as(output).isZero();
        List<String> labels = Bundle.read(bundle()).manifest().labels();
        assertThat(output)
                .containsPattern(
                        Pattern.quote(image + ": ") + "(" + String.join("|", labels) + "), confidence [01]\\.\\d");
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
