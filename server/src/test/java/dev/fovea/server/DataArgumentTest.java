package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands take a curated data set where they take a folder of images. */
class DataArgumentTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void makeModelsAndDataSet() throws IOException {
        Path contract = Files.writeString(directory.resolve("contract.json"), TestModels.CONTRACT);
        Path labels = Files.writeString(directory.resolve("labels.txt"), "hole\nnone\ntear\n");
        for (int seed = 1; seed <= 2; seed++) {
            Path model = Files.write(directory.resolve(seed + ".onnx"), TestModels.network(seed));
            succeed(
                    "import",
                    model.toString(),
                    "--name",
                    "shirts",
                    "--contract",
                    contract.toString(),
                    "--labels",
                    labels.toString());
        }
        for (FabricClass fabric : List.of(FabricClass.HOLE, FabricClass.TEAR)) {
            Path folder = Files.createDirectories(directory.resolve("images").resolve(fabric.label()));
            for (int i = 0; i < 4; i++) {
                Files.write(folder.resolve(i + ".jpg"), TestModels.image(fabric, i));
            }
        }
        succeed("data", "create", "cloth", "--from", directory.resolve("images").toString());
    }

    private Run succeed(String... arguments) {
        Run run = inHome(List.of(arguments));
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private Run inHome(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--home", directory.resolve("home").toString()));
        return Run.of(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate shirts --data cloth",
                "evaluate shirts --data cloth@latest",
                "compare shirts@1 shirts@2 --data cloth",
                "cache-check shirts --data cloth@1"
            })
    void shouldTakeDataSetForFolder(String line) {
        Run run = inHome(List.of(line.split(" ")));
        assertThat(run.exit()).as(run.err()).isLessThan(2);
        assertThat(run.err()).doesNotContain("does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate shirts --data cloth@77",
                "compare shirts@1 shirts@2 --data cloth@77",
                "cache-check shirts --data cloth@77"
            })
    void shouldNameUnknownVersionOfDataSet(String line) {
        Run run = inHome(List.of(line.split(" ")));
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("DATASET_UNKNOWN", "77");
    }
}
