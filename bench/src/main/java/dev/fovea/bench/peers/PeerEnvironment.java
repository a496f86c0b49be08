package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Python virtual environments with pinned packages, made once per user in {@code ~/.cache/fovea-bench/peers}. An
 * environment belongs to one file of requirements; another file makes another environment.
 */
final class PeerEnvironment {

    private static final String DONE = "installed";

    private final Path scripts;
    private final Path cache;
    private final Map<String, Result> results = new TreeMap<>();

    /**
     * Environments for the peers of a clone.
     *
     * @param scripts {@code bench/peers}
     */
    PeerEnvironment(Path scripts) {
        this.scripts = scripts;
        this.cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("fovea-bench/peers");
    }

    /** What came of an installation. */
    sealed interface Result {}

    /** It is there. */
    record Installed(Path python) implements Result {}

    /** It is not, and why. */
    record Skipped(String reason) implements Result {}

    /** {@code bench/peers}. */
    Path scripts() {
        return scripts;
    }

    /** The environment of a peer, installed if it is missing. */
    Result of(String name) throws IOException, InterruptedException {
        Result known = results.get(name);
        if (known == null) {
            known = install(name, scripts.resolve("requirements").resolve(name + ".txt"));
            results.put(name, known);
        }
        return known;
    }

    private Result install(String name, Path requirements) throws IOException, InterruptedException {
        Ended version = run(cache.getRoot(), "python3", "--version");
        if (version.code() != 0) {
            return new Skipped("no python3 on the PATH: " + version.lastLine());
        }
        Files.createDirectories(cache);
        Path directory =
                cache.resolve("%s-%s".formatted(name, key(version.printed(), Files.readAllBytes(requirements))));
        Path python = directory.resolve("bin/python");
        try (FileChannel lock = FileChannel.open(
                        cache.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock.lock()) {
            if (Files.exists(directory.resolve(DONE))) {
                return new Installed(python);
            }
            BenchReport.say("installing %s into %s".formatted(name, directory));
            Ended made = run(cache, "python3", "-m", "venv", "--clear", directory.toString());
            if (made.code() != 0) {
                return new Skipped("python3 -m venv failed: " + made.lastLine());
            }
            Ended installed = run(
                    cache,
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--disable-pip-version-check",
                    "--quiet",
                    "--only-binary",
                    ":all:",
                    "--requirement",
                    requirements.toAbsolutePath().toString());
            if (installed.code() != 0) {
                return new Skipped("pip install failed: " + installed.lastLine());
            }
            Files.createFile(directory.resolve(DONE));
            return new Installed(python);
        }
    }

    private static String key(String version, byte[] requirements) {
        CRC32 crc = new CRC32();
        crc.update(version.getBytes(StandardCharsets.UTF_8));
        crc.update(requirements);
        return Long.toHexString(crc.getValue());
    }

    private record Ended(int code, String printed) {
        String lastLine() {
            return printed.strip().lines().reduce("no output", (before, line) -> line);
        }
    }

    private static Ended run(Path directory, String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), printed);
        } catch (IOException e) {
            return new Ended(-1, String.valueOf(e.getMessage()));
        }
    }
}
