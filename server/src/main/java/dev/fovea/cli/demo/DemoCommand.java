package dev.fovea.cli.demo;

import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.config.Settings;
import dev.fovea.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea demo}. */
@Command(
        name = "demo",
        description = {
            "Shows the whole product in a few minutes, on images that it draws itself.",
            "It draws fabric with holes and tears, finds the planted faults, trains and serves a model, and promotes a larger one by evidence after it ran in shadow. In the light of the evening it says what changed and how right the model still is, and rolls back. Then the console stays up."
        },
        footer = {"", "Example:  fovea demo", "          fovea demo --exit", "          fovea demo --images images"})
public final class DemoCommand extends CliCommand {

    @Option(names = "--exit", description = "End when done instead of serving the console.")
    private boolean exit;

    @Option(names = "--port", paramLabel = "N", description = "Port of the API and the console (default: a free one).")
    private String port = "0";

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "A new home to use and keep (default: a temporary one).")
    private @Nullable Path keep;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Only write the images to this directory: a labelled data set for fovea train.")
    private @Nullable Path images;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (images != null) {
            DemoTraining.draw(images, terminal());
            return 0;
        }
        if (keep != null) {
            return run(keep.toAbsolutePath());
        }
        try (TemporaryHome temporary = new TemporaryHome()) {
            return run(temporary.path());
        }
    }

    private int run(Path path) throws InterruptedException {
        Terminal terminal = terminal();
        Settings settings = SettingsReader.read(path, Map.of("server.port", port), Map.of());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Demo demo = new Demo(settings, terminal)) {
            boolean failed = !demo.run().isEmpty();
            if (!exit) {
                Thread hook = new Thread(() -> end(stop, stopped));
                Runtime.getRuntime().addShutdownHook(hook);
                terminal.say("The console stays up at %s until Ctrl-C.".formatted(demo.address()));
                stop.await();
            }
            return failed ? 1 : 0;
        } finally {
            stopped.countDown();
        }
    }

    /** Holds the process until the home is cleared away. */
    private static void end(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
