package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's options, from the real script beside a program that is built and a java that prints its arguments. */
final class LauncherTest {

    private static final String PRINTS = "#!/bin/sh\nprintf '%s\\n' \"$@\"\n";

    @TempDir
    Path root;

    @BeforeEach
    void install() throws IOException {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        Path script = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."), "fovea");
        executable(root.resolve("fovea"), Files.readString(script));
        Files.createDirectories(root.resolve("server/src/main/resources"));
        for (String built : List.of("fovea.jar", "fovea.aot", ".resources", ".built")) {
            write(root.resolve("server/target").resolve(built), "");
        }
        write(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        executable(root.resolve("jdk/bin/java"), PRINTS);
        executable(root.resolve("jdk/bin/javac"), "");
    }

    @Test
    void shouldServeWithALittleMemoryWhenSmall() throws Exception {
        List<String> options = launched("serve", "--small", "--port", "8080");

        assertThat(options)
                .contains("-XX:+UseSerialGC", "-Xmn12m", "-XX:TieredStopAtLevel=1")
                .doesNotContain("-XX:+UseG1GC")
                .endsWith("serve", "--small", "--port", "8080");
        assertThat(complaints(options)).isEmpty();
    }

    @Test
    void shouldServeWithBothCompilersByDefault() throws Exception {
        List<String> options = launched("serve", "--port", "8080");

        assertThat(options)
                .contains("-XX:+UseG1GC", "-XX:MaxNewSize=20m")
                .doesNotContain("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        assertThat(complaints(options)).isEmpty();
    }

    @Test
    void shouldKeepTheHeapOfOtherCommandsAsItIs() throws Exception {
        List<String> options = launched("predict", "m", "--small");

        assertThat(options).contains("-XX:+UseG1GC").noneMatch(option -> option.startsWith("-Xm"));
    }

    private List<String> launched(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(root.resolve("fovea").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        return output(builder).lines().toList();
    }

    /** What the Java of this test says to the options; it ends with an error at one that it does not know. */
    private static String complaints(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options.stream()
                .takeWhile(option -> !option.equals("-jar"))
                .filter(option -> !option.startsWith("-XX:AOTCache="))
                .forEach(command::add);
        command.add("--list-modules");
        return output(new ProcessBuilder(command))
                .lines()
                .filter(line -> !line.contains("@"))
                .collect(Collectors.joining("\n"));
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static Path executable(Path file, String text) throws IOException {
        write(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
