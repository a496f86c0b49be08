package dev.fovea.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A reference page whose sections come from the code, each with a part written by hand below a marker. The page is
 * committed; a test compares it with the code and rewrites it with {@code -Dfovea.docs.renew=true}, keeping what was
 * written by hand.
 */
public final class GeneratedPage {

    private static final String RENEW = "fovea.docs.renew";
    private static final String MARKER = "<!-- generated above, written by hand below -->";
    private static final Path DOCS = Path.of("..", "docs");

    private final Path path;
    private final String preamble;
    private final Map<String, String> handwritten = new LinkedHashMap<>();

    /**
     * A section of a page.
     *
     * @param heading the whole line, such as {@code ## IMAGE_CORRUPT}
     * @param generated Markdown below the heading
     */
    public record Section(String heading, String generated) {}

    private GeneratedPage(Path path, Set<String> headings) throws IOException {
        this.path = path;
        StringBuilder before = new StringBuilder();
        List<String> part = new ArrayList<>();
        String section = "";
        boolean byHand = true;
        for (String line : Files.readAllLines(path)) {
            if (headings.contains(line) || (line.startsWith("## ") && !section.isEmpty())) {
                keep(section, part);
                section = line;
                byHand = false;
            } else if (line.equals(MARKER)) {
                byHand = true;
            } else if (section.isEmpty()) {
                before.append(line).append('\n');
            } else if (byHand) {
                part.add(line);
            }
        }
        keep(section, part);
        this.preamble = before.toString().strip();
    }

    private void keep(String section, List<String> part) {
        handwritten.put(section, String.join("\n", part).strip());
        part.clear();
    }

    /**
     * Compares the page {@code docs/reference/NAME.md} with its sections, or rewrites it.
     *
     * @param byHand what the part written by hand must contain in each section
     */
    public static void check(String name, List<Section> sections, String... byHand) throws IOException {
        Path path = DOCS.resolve("reference").resolve(name + ".md");
        GeneratedPage page =
                new GeneratedPage(path, sections.stream().map(Section::heading).collect(Collectors.toSet()));
        String text = page.preamble + "\n\n" + sections.stream().map(page::text).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean(RENEW)) {
            Files.writeString(path, text);
        }
        assertThat(Files.readString(path))
                .as(
                        "%s differs from the code; renew it with: ./mvnw test -pl server -am -Dtest='*ReferenceTest' "
                                + "-Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
                        page.path, RENEW)
                .isEqualTo(text);
        for (Section section : sections) {
            assertThat(page.handwritten.getOrDefault(section.heading(), ""))
                    .as("what is written by hand below \"%s\" in %s", section.heading(), path)
                    .satisfies(own ->
                            List.of(byHand).forEach(part -> assertThat(own).contains(part)));
        }
    }

    private String text(Section section) {
        String own = handwritten.getOrDefault(section.heading(), "");
        return "%s\n\n%s\n".formatted(section.heading(), section.generated().strip())
                + (own.isEmpty() ? "" : "\n%s\n\n%s\n".formatted(MARKER, own));
    }
}
