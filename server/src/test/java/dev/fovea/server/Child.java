package dev.fovea.server;

import dev.fovea.cli.Fovea;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, to be stopped and killed. */
final class Child {

    private Child() {}

    /** Starts a command line; its standard error goes where this process's goes. */
    static Process start(String... arguments) throws IOException {
        return builder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The same with standard error in standard output, to be read. */
    static Process startTalking(String... arguments) throws IOException {
        return builder(arguments).redirectErrorStream(true).start();
    }

    /** Not started yet. */
    static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                Fovea.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // by the environment: it may be longer than a command line can be
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }

    /** Reads what the process says until a line contains the words; fails when it ends before. */
    static String await(BufferedReader output, String words) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(words)) {
                return line;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("The process ended without saying \"" + words + "\"; it said:\n" + said);
    }

    static BufferedReader output(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }
}
