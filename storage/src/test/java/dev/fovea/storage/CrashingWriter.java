package dev.fovea.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Registers and promotes until it is killed, and says each thing only after it was acknowledged. */
final class CrashingWriter {

    private CrashingWriter() {}

    public static void main(String[] arguments) throws IOException {
        HomeSettings settings = Pair.settings(List.of(arguments).subList(1, arguments.length));
        try (Home home = Home.open(settings, "0.1.0")) {
            Registry registry = new Registry(home.models(), InstantSource.system());
            Jobs jobs = new Jobs(home.jobs(), JobOwner.current(), InstantSource.system());
            int _ = jobs.run(
                    Models.training("shirts"),
                    Models.SILENT,
                    progress -> work(home, registry, Path.of(arguments[0])),
                    count -> Models.OUTCOME);
        }
    }

    private static int work(Home home, Registry registry, Path drafts) {
        for (int i = 0; ; i++) {
            say("blob " + home.blobs().put(("image " + i + " of " + drafts).getBytes(UTF_8)));
            say("bundle " + home.bundles().put(bundle(drafts.resolve("draft" + i), i)));
            ModelVersion version = registry.register(Models.registration("shirts", "round " + i), "tester");
            say("registered " + version.number());
            registry.promote("shirts", version.number(), "tester", "it is newer");
            say("promoted " + version.number());
        }
    }

    private static Path bundle(Path directory, int round) {
        try {
            Files.createDirectories(directory.resolve("golden"));
            Files.writeString(directory.resolve("bundle.json"), "{\"round\":\"%d of %s\"}".formatted(round, directory));
            Files.write(directory.resolve("model.onnx"), new byte[200_000]);
            Files.writeString(directory.resolve("golden/0.json"), "[1,2,3]");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String acknowledged) {
        System.out.println(acknowledged);
        System.out.flush();
    }
}
