package dev.fovea.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.docs.Snippet.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of the documentation in order, page by page, with the real program: first the tutorial, then each
 * other page in a copy of the folder that the tutorial leaves. Training is done with the smallest settings.
 * {@code -Dfovea.docs.page=canary} runs the tutorial and that page only.
 */
class SnippetsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path TUTORIAL = DOCS.resolve("tutorial").resolve("first-model.md");

    @TempDir
    private static Path folder;

    private static Path afterTutorial = Path.of("");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS, 2)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.startsWith(DOCS.resolve("decisions"))
                            && !file.startsWith(DOCS.resolve("node_modules"))
                            && !file.startsWith(DOCS.resolve("target")))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> pagesWithCommands() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path page : pages()) {
            if (!page.equals(TUTORIAL)
                    && page.getFileName().toString().startsWith(System.getProperty("fovea.docs.page", ""))
                    && Snippet.of(page).stream().anyMatch(each -> each.mode() == Mode.RUN)) {
                pages.add(page);
            }
        }
        return pages;
    }

    @BeforeAll
    static void runTheTutorial() throws Exception {
        afterTutorial = folder.resolve("tutorial");
        SnippetShell.run(Snippet.of(TUTORIAL), Files.createDirectory(afterTutorial), DOCS);
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void shouldRunEveryCommandOfAPage(Path page) throws Exception {
        Path here = folder.resolve(page.getFileName().toString());
        SnippetShell.copy(afterTutorial, here);
        SnippetShell.run(Snippet.of(page), here, DOCS);
    }

    @Test
    void shouldSayOfEveryBlockThatItIsRunOrWhyNot() throws IOException {
        List<Snippet> all = new ArrayList<>();
        for (Path page : pages()) {
            all.addAll(Snippet.of(page).stream().filter(Snippet::isRunnable).toList());
        }
        assertThat(all.stream().filter(each -> each.mode() == Mode.UNMARKED).map(Snippet::place))
                .as("blocks that say neither run, background nor skip=\"reason\"")
                .isEmpty();
        List<Snippet> skipped =
                all.stream().filter(each -> each.mode() == Mode.SKIP).toList();
        System.out.printf("docs: %d blocks are run, %d are skipped:%n", all.size() - skipped.size(), skipped.size());
        skipped.forEach(each -> System.out.printf("  %s: %s%n", each.place(), each.reason()));
        assertThat(all).isNotEmpty();
    }
}
