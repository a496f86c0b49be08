package dev.fovea.cli.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdviseCommandTest {

    @TempDir
    private Path directory;

    @Test
    void shouldTakeOptionsBeforeTheFile() throws IOException {
        Path input = Files.writeString(
                directory.resolve("input.json"),
                "{\"images\": 500, \"labelled\": 400, \"classes\": 4, \"volume\": 10}");
        Path document = directory.resolve("advice.md");
        Run run = advise(
                "--input",
                input.toString(),
                "--volume",
                "200000",
                "--weight",
                "cost=3",
                "--price",
                "api-price=9",
                "--markdown",
                document.toString(),
                "--json");
        JsonNode advice = new JsonMapper().readTree(run.out());
        assertThat(advice.at("/situation/volume").asLong()).isEqualTo(200_000);
        assertThat(advice.at("/situation/classes").asInt()).isEqualTo(4);
        assertThat(advice.at("/weights/cost").asDouble()).isEqualTo(3);
        assertThat(advice.at("/assumptions/api_per_thousand").asDouble()).isEqualTo(9);
        assertThat(advice.at("/ways/0/way").asString()).isEqualTo("fine-tune");
        assertThat(Files.readString(document)).contains("# Which way", "## Assumptions", "cost (× 3)");
    }

    @Test
    void shouldNameWhatIsWrong() {
        assertRefused(advise("--price", "speed=1"), "\"speed\" is unknown. It is one of api-price");
        assertRefused(advise("--weight", "speed=1"), "It is one of accuracy, time, cost, control, effort");
        assertRefused(advise("--accuracy", "2"), "accuracy is 2.0; it must be above 0 and below 1");
        assertRefused(advise("--input", directory.resolve("none.json").toString()), "cannot be read");
    }

    private Run advise(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "advise";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--home";
        all[all.length - 1] = directory.resolve("home").toString();
        return Run.of(all);
    }

    private static void assertRefused(Run run, String message) {
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("ARGUMENT_INVALID", message);
    }
}
