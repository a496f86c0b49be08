package dev.fovea.config;

import dev.fovea.runtime.session.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What measurements of speed belong to: another processor, other cores or another runtime make them worthless. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The processor's name, its cores, the runtime's version. */
    public static String identity(Engine engine) {
        return "%s, %d cores, ONNX Runtime %s"
                .formatted(processor(), Runtime.getRuntime().availableProcessors(), engine.version());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(PROCESSORS, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // other systems have no such file
        }
    }
}
