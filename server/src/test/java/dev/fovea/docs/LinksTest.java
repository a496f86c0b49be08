package dev.fovea.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link from a page of the project to a file, and to a section of it, leads somewhere. */
class LinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|<<< (\\S+)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?)(?: *\\{#([^}]+)})?$");

    @Test
    void shouldHaveNoDeadLinks() throws IOException {
        List<Path> pages = new ArrayList<>(SnippetsTest.pages());
        try (Stream<Path> files = Files.list(ROOT)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        List<String> dead = new ArrayList<>();
        for (Path page : pages) {
            for (String link : links(page)) {
                if (!leads(page.toAbsolutePath().normalize(), link)) {
                    dead.add("%s: %s".formatted(page, link));
                }
            }
        }
        assertThat(pages).contains(ROOT.resolve("README.md"));
        assertThat(dead).isEmpty();
    }

    @Test
    void shouldKeepTheReadmeShort() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
    }

    private static List<String> links(Path page) throws IOException {
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        return LINK.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(link -> !link.matches("(https?|mailto):.*"))
                .toList();
    }

    private static boolean leads(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (parts[0].endsWith("/")) {
            target = target.resolve("index.md");
        } else if (!Files.exists(target)) {
            target = target.resolveSibling(target.getFileName() + ".md");
        }
        return Files.exists(target) && (parts.length == 1 || sections(target).contains(parts[1]));
    }

    private static Set<String> sections(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(LinksTest::anchor)
                .collect(Collectors.toSet());
    }

    private static String anchor(MatchResult heading) {
        return heading.group(2) != null
                ? heading.group(2)
                : heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
    }
}
