package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md names what exists. */
class ArchitecturePageTest {

    private static final Path PAGE = Path.of("..", "ARCHITECTURE.md");

    /** A class name in a code span, with or without its package: {@code `edge.Status`}. */
    private static final Pattern CLASS_NAME = Pattern.compile("`(?:[a-z][a-z.]*\\.)?([A-Z][a-z]\\w+)`");

    private static final Set<String> STATES = Set.of("Loading", "Warming", "Ready", "Draining", "Retired", "Failed");

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."), 20, (path, kind) -> path.toString().matches(".*/src/(main|test)/java/.*\\.java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void shouldNameOnlyClassesThatExist() throws IOException {
        List<String> named = CLASS_NAME
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(name ->
                        !STATES.contains(name) && !List.of("Kind", "Blame").contains(name))
                .toList();
        assertThat(named).hasSizeGreaterThan(50);
        assertThat(classes()).containsAll(named);
    }

    @Test
    void shouldNameEveryRoom() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .toList();
        assertThat(RoomsTest.names())
                .allSatisfy(room -> assertThat(rows).anyMatch(row -> row.contains("`" + room + "`")));
    }

    @Test
    void shouldFitOnAFewScreens() throws IOException {
        assertThat(Files.readAllLines(PAGE)).hasSizeLessThan(150);
    }
}
