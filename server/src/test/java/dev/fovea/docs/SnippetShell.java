package dev.fovea.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the blocks of a page in one Bash in a folder of its own, in which {@code ./fovea} is the program of this class
 * path and {@code ~} is the folder.
 */
final class SnippetShell {

    private static final int MINUTES = 8;

    private SnippetShell() {}

    /** Fails with the output when a command fails. */
    static void run(List<Snippet> snippets, Path folder, Path docs) throws IOException, InterruptedException {
        int port = freePort();
        Files.createDirectories(folder.resolve("docs"));
        if (!Files.exists(folder.resolve("docs/examples"))) {
            Files.createSymbolicLink(
                    folder.resolve("docs/examples"), docs.resolve("examples").toRealPath());
        }
        Path fovea = Files.writeString(folder.resolve("fovea"), fovea(port));
        assertThat(fovea.toFile().setExecutable(true)).isTrue();
        Path script = Files.writeString(folder.resolve("page.sh"), script(snippets, port));
        Path log = folder.resolve("page.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", script.toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("FOVEA_"));
        environment.put("HOME", folder.toAbsolutePath().toString());
        environment.put("FOVEA_HOME", folder.resolve(".fovea").toAbsolutePath().toString());
        // no option: a class path is too long for the command line of some native libraries
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        Process bash = builder.start();
        try {
            assertThat(bash.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("the page ended: %s", Files.readString(log))
                    .isTrue();
            assertThat(bash.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            bash.descendants().forEach(ProcessHandle::destroy);
            bash.destroy();
        }
    }

    private static String script(List<Snippet> snippets, int port) {
        StringBuilder script = new StringBuilder("""
                set -euo pipefail
                trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
                curl() { command curl -sS "$@"; }
                """);
        for (Snippet snippet : snippets) {
            String text = snippet.text()
                    .replace("127.0.0.1:8080", "127.0.0.1:" + port)
                    .replace("127.0.0.1:8081", "127.0.0.1:" + (port + 1));
            switch (snippet.mode()) {
                case RUN -> script.append("echo '== %s'\n%s".formatted(snippet.place(), text));
                case BACKGROUND ->
                    script.append("echo '== %s'\n%s &\n".formatted(snippet.place(), text.strip()))
                            .append("curl -o /dev/null --retry 300 --retry-delay 1 --retry-connrefused "
                                    + "http://127.0.0.1:%d/health/liveness\n".formatted(port + 1));
                case SKIP, UNMARKED -> {}
            }
        }
        return script.toString();
    }

    /** The program, with the ports of this test and the smallest training. */
    private static String fovea(int port) {
        return """
                #!/usr/bin/env bash
                set -euo pipefail
                options=()
                case "${1:-}" in
                  train) [[ "$*" == *--from* ]] || options=(--epochs 1 --edge 32); [[ "$*" == *--promote* ]] || options+=(--promote always) ;;
                  serve) options=(--port %1$d --management-port %2$d --grpc-port %3$d) ;;
                  load) options=(--url http://127.0.0.1:%1$d) ;;
                esac
                exec "%4$s" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
                  --sun-misc-unsafe-memory-access=allow -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 %5$s \\
                  dev.fovea.cli.Fovea "$@" ${options[@]+"${options[@]}"}
                """.formatted(port, port + 1, port + 2, java(), natives());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Where this process has its native libraries unpacked, so that they are not unpacked for each command. */
    private static String natives() {
        StringBuilder options = new StringBuilder();
        for (String name : List.of("org.sqlite.lib.path", "org.sqlite.lib.name", "onnxruntime.native.path")) {
            String value = System.getProperty(name);
            if (value != null) {
                options.append("-D%s=%s ".formatted(name, value));
            }
        }
        return options.toString();
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress());
                    ServerSocket third =
                            new ServerSocket(first.getLocalPort() + 2, 1, InetAddress.getLoopbackAddress())) {
                if (second.isBound() && third.isBound()) {
                    return first.getLocalPort();
                }
            } catch (java.net.BindException e) {
                // one of the three is taken: try others
            }
        }
    }

    /** Copies a folder with its symbolic links. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), java.nio.file.LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
