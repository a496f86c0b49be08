package dev.fovea.runtime;

import ai.onnxruntime.OrtEnvironment;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A process that loads ONNX Runtime and opens a session, with an environment of its own: a fresh {@code HOME} and
 * nothing else, above all no {@code CI}, which would silence the telemetry.
 */
public final class EngineProcess {

    /** What the library's start-up needed while its telemetry was on. */
    private static final long LARGE_STACK = 64L << 20;

    private EngineProcess() {}

    /** The first argument says by which door: {@code engine}, or {@code bare} for the library as it comes. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("bare")) {
            Thread starter = new Thread(null, OrtEnvironment::getEnvironment, "bare", LARGE_STACK);
            starter.start();
            starter.join();
        }
        Engine engine = Engine.open();
        engine.load(Tiny.means(1).bytes(), SessionSettings.forThisMachine()).close();
        System.out.println("ran " + engine.version());
    }

    /** The end of a process and what it said. */
    public record End(int status, String output) {}

    /** Runs it, after {@code before} (a command that runs others, or nothing). */
    public static End run(Path home, List<String> before, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + home.resolveSibling("crash.log"),
                "--enable-native-access=ALL-UNNAMED"));
        command.add(EngineProcess.class.getName());
        command.addAll(List.of(arguments));
        return run(home, command);
    }

    /** Runs any command with that environment. */
    public static End run(Path home, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("HOME", home.toString());
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(process.waitFor(), output);
    }

    public static List<Path> files(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
