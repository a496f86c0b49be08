package dev.fovea.server;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The accessibility rules of axe-core, run on a page in a browser. Its script comes with the console's npm packages.
 *
 * @param script the source of axe-core, which defines {@code axe} in a page
 */
record Axe(String script) {
    private static final Path FILE = Path.of("console", "node_modules", "axe-core", "axe.min.js");

    /** One line for each rule that a page violates, with the elements. Lesser impacts than serious are left out. */
    private static final String VIOLATIONS = """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
              .filter(({impact}) => impact === 'serious' || impact === 'critical')
              .map(({id, nodes}) => id + ': ' + nodes.map(({html, any}) =>
                html + ' (' + any.map(({message}) => message).join(' ') + ')').join('; '))
            """;

    /** Empty where the console's packages are not installed. */
    static Optional<Axe> installed() throws IOException {
        Path file = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."))
                .resolve(FILE);
        return Files.exists(file) ? Optional.of(new Axe(Files.readString(file))) : Optional.empty();
    }

    /** The serious and critical violations of what a page shows now, one line each. */
    List<String> violations(Page page) {
        page.evaluate(script + "; undefined");
        return ((List<?>) page.evaluate(VIOLATIONS))
                .stream().map(String::valueOf).toList();
    }
}
