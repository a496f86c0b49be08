package dev.fovea.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"/dev/pts/3, true", "/dev/tty1, true", "pipe:[4711], false", "/tmp/err.txt, false", "/dev/null, false"})
    void shouldTellATerminalFromAPipeOrFile(String target, boolean isTerminal) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("2"), Path.of(target));
        assertThat(Terminal.isTerminal(link)).isEqualTo(isTerminal);
    }

    @Test
    void shouldWriteTheFirstAndLastProgressOfAStepAsLinesWhereNobodyWatches() {
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        for (int done = 1; done <= 1000; done++) {
            terminal.progress("add", done / 1000.0, Optional.empty(), done + " images");
        }
        assertThat(err.toString()).doesNotContain("\r", "\u001b");
        assertThat(err.toString().lines()).hasSize(2).last().asString().contains("100 %  1000 images");
    }
}
