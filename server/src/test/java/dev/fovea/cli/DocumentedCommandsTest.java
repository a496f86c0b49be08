package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each {@code ./fovea} command of README and of the documentation, run there or not, has options that exist. */
class DocumentedCommandsTest {

    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(?:[A-Z_]+=(?:\\$\\([^)]*\\)|\\S+) )*\\./fovea ([^#|\n&]+?) *(?:#.*|\\|\\|.*|&.*)?$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void shouldKnowEveryOptionOfEveryDocumentedCommand() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("..", "README.md")));
        for (String section : List.of("tutorial", "how-to", "reference", "explanation")) {
            try (Stream<Path> files = Files.list(Path.of("..", "docs", section))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        int seen = 0;
        for (Path page : pages) {
            Matcher commands = COMMAND.matcher(Files.readString(page));
            while (commands.find()) {
                List<String> words = words(commands.group(1));
                // the launcher's own word
                if (!words.equals(List.of("test"))) {
                    assertThatCode(() -> Fovea.commandLine()
                                    .setCaseInsensitiveEnumValuesAllowed(true)
                                    .parseArgs(words.toArray(String[]::new)))
                            .as("%s: ./fovea %s", page, commands.group(1))
                            .doesNotThrowAnyException();
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(50);
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }
}
