package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.terminal.TemporaryHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of a server that was asked for JSON. */
class JsonLogTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void shouldWriteOneObjectPerLine() throws IOException {
        try (TemporaryHome home = new TemporaryHome()) {
            try (Application application = Application.open(home.path())) {
                TestModels models = new TestModels(application);
                models.promote(models.register("shirts", 1));
            }
            // an unreadable remotes.json is said in the log
            Files.writeString(home.path().resolve("remotes.json"), "{\"remotes\": {\"a\": {}}}");
            Process process = Child.builder(
                            "serve", "--home", home.path().toString(), "--port", "0", "--set", "log.format=json")
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader output = Child.output(process)) {
                String line = Child.await(output, "{\"");
                JsonNode event = JSON.readTree(line);
                assertThat(Instant.parse(event.get("time").asString())).isAfter(Instant.EPOCH);
                assertThat(List.of("INFO", "WARN", "ERROR"))
                        .contains(event.get("level").asString());
                assertThat(event.get("logger").asString()).startsWith("fovea");
                assertThat(event.get("message").asString()).isNotBlank();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
