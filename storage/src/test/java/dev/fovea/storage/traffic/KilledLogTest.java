package dev.fovea.storage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.storage.Home;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficSettings;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledLogTest {

    private static final int SECOND = 1000;

    @TempDir
    private Path home;

    /** A response that a process offered, and when. */
    private record Offered(String id, long millis) {
        static Offered of(String line) {
            String[] words = line.split(" ");
            return new Offered(words[0], Long.parseLong(words[1]));
        }
    }

    @Test
    void shouldMissAtMostTheLastSecondOfAProcessThatIsKilled() throws Exception {
        List<Offered> offered = new ArrayList<>();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoggingProcess.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                offered.add(Offered.of(line));
                if (offered.getLast().millis() > 3 * SECOND) {
                    process.toHandle().destroyForcibly(); // leaves what it said to be read
                }
            }
        }
        process.waitFor();

        Set<String> logged;
        try (Home opened = Home.open(home, "0.1.0");
                TrafficLog log = opened.production()
                        .traffic()
                        .write(TrafficSettings.DEFAULT, opened.production().leases(), InstantSource.system());
                Stream<LoggedPrediction> rows = log.read("shirts", Instant.EPOCH, Instant.MAX)) {
            logged = rows.map(row -> row.request().id()).collect(Collectors.toSet());
        }
        long end = offered.getLast().millis();
        assertThat(offered).hasSizeGreaterThan(100);
        assertThat(logged)
                .containsAll(offered.stream()
                        .filter(one -> one.millis() <= end - SECOND)
                        .map(Offered::id)
                        .toList());
    }
}
