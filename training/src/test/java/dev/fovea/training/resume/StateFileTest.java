package dev.fovea.training.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.training.resume.TrainingState.Position;
import dev.fovea.training.resume.TrainingState.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final Position POSITION =
            new Position(7, 11, new Spent(12.5, 1.5), "90, 80 from 6", 1, 7, 2, List.of(0.75, 0.5, 0.25));

    @TempDir
    Path folder;

    private StateFile file;

    @BeforeEach
    void write() throws IOException {
        file = new StateFile(folder.resolve("states").resolve("training.state"), "key");
        file.write(new TrainingState(POSITION, Map.of("weights/a", new float[] {1, -0f, Float.MIN_VALUE})));
    }

    @Test
    void shouldReadWhatWasWritten() {
        TrainingState read = file.read().orElseThrow();
        assertThat(read.position()).isEqualTo(POSITION);
        assertThat(read.arrays().get("weights/a")).containsExactly(1, -0f, Float.MIN_VALUE);
        assertThat(file.path().getParent()).isDirectoryContaining(path -> path.equals(file.path()));
    }

    @Test
    void shouldNotTakeTheStateOfAnotherTraining() {
        assertThat(new StateFile(file.path(), "other").read()).isEmpty();
    }

    @Test
    void shouldTakeNoStateThatIsDamagedAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file.path());
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file.path(), damaged);
            assertThat(file.read()).as("damaged at %d", at).isEmpty();
        }
    }

    @Test
    void shouldTakeNoStateThatIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(file.path());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file.path(), Arrays.copyOf(whole, length));
            assertThat(file.read()).as("cut off after %d", length).isEmpty();
        }
    }

    @Test
    void shouldBeGoneAtTheEnd() {
        file.delete();
        assertThat(file.read()).isEmpty();
    }
}
