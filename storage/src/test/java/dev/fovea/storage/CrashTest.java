package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.SqliteDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that writes is killed with SIGKILL again and again; what it had said it had written must be there. */
@ParameterizedClass
@EnumSource(Pair.class)
class CrashTest {

    @Parameter
    private Pair pair;

    private static final int ROUNDS = 3;
    private static final long LONGEST_MOMENT = 30_000_000; // nanoseconds: longer than one turn of the writer's loop

    @TempDir
    private Path directory;

    @Test
    void shouldFindEverythingAcknowledgedAfterKills() throws Exception {
        HomeSettings settings = pair.in(directory.resolve("home"));
        List<String> acknowledged = new ArrayList<>();
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(writeUntilKilled(
                    settings,
                    directory.resolve("drafts" + round),
                    4 + random.nextInt(60),
                    random.nextLong(LONGEST_MOMENT)));
            check(settings, acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(4 * ROUNDS);
    }

    private static List<String> writeUntilKilled(HomeSettings settings, Path drafts, int lines, long moment)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(drafts.toString()));
        arguments.addAll(Pair.arguments(settings));
        Process child = ChildProcess.start(CrashingWriter.class, arguments.toArray(String[]::new));
        List<String> said = new ArrayList<>();
        try (BufferedReader output = ChildProcess.output(child)) {
            for (String line = output.readLine(); line != null && said.size() < lines; line = output.readLine()) {
                said.add(line);
            }
            assertThat(child.waitFor(moment, TimeUnit.NANOSECONDS)).isFalse();
            // SIGKILL, wherever it is in its loop by now; unlike the process, its handle leaves the pipe readable
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            output.lines().forEach(said::add);
        }
        child.waitFor();
        assertThat(child.exitValue()).as("exit of a killed process").isEqualTo(128 + 9);
        return said;
    }

    private static void check(HomeSettings settings, List<String> acknowledged) throws IOException {
        try (Home home = Home.open(settings, "0.1.0")) {
            RegisteredModel model = new Registry(home.models(), InstantSource.system()).model("shirts");
            for (String line : acknowledged) {
                String what = line.substring(line.indexOf(' ') + 1);
                switch (line.substring(0, line.indexOf(' '))) {
                    case "blob" -> assertThat(home.blobs().read(what)).isNotEmpty();
                    case "bundle" -> assertThat(home.bundles().path(what)).isDirectory();
                    case "registered" ->
                        assertThat(model.version(Integer.parseInt(what)).number())
                                .isPositive();
                    case "promoted" ->
                        assertThat(model.promotions())
                                .extracting(Promotion::version)
                                .contains(Integer.parseInt(what));
                    default -> throw new AssertionError(line);
                }
            }
            assertThat(model.versions())
                    .extracting(ModelVersion::number)
                    .isEqualTo(Stream.iterate(1, n -> n + 1)
                            .limit(model.versions().size())
                            .toList());
            assertInterruptedOnce(home);
            assertThat(home.models().audit("shirts", Integer.MAX_VALUE))
                    .hasSize(model.versions().size() + model.promotions().size())
                    .hasSize((int) home.models().revision());
        }
        if (settings.database().isEmpty()) {
            assertIntact(settings.root());
        }
        try (Stream<Path> left = Files.list(settings.root().resolve("tmp"))) {
            assertThat(left).as("half-written files").isEmpty();
        }
    }

    private static void assertInterruptedOnce(Home home) {
        Jobs jobs = new Jobs(home.jobs(), JobOwner.current(), InstantSource.system());
        assertThat(jobs.recover()).hasSize(1);
        assertThat(jobs.recover()).isEmpty();
        assertThat(jobs.recent(100)).allSatisfy(CrashTest::assertInterrupted);
    }

    private static void assertInterrupted(Job job) {
        assertThat(job.request().work()).isEqualTo("train");
        assertThat(job.request().subject()).isEqualTo("shirts");
        assertThat(job.state()).isInstanceOf(JobState.Interrupted.class);
    }

    private static void assertIntact(Path root) {
        try (Database database = new SqliteDatabase(root.resolve("fovea.db"))) {
            String verdict = database.read(transaction -> transaction
                    .first("PRAGMA integrity_check", row -> row.getString(1))
                    .orElseThrow());
            assertThat(verdict).isEqualTo("ok");
        }
    }
}
