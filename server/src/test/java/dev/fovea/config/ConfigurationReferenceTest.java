package dev.fovea.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.Fovea;
import dev.fovea.config.binding.Key;
import dev.fovea.config.binding.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The page {@code docs/reference/configuration.md} is made of the records' annotations. After a change of a key, make
 * it anew with {@code -Dfovea.docs.renew=true} and commit it.
 */
class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."))
            .resolve("docs/reference/configuration.md");

    private static final String HEAD = """
            # Configuration reference

            Fovea reads configuration from three sources, strongest first:

            1. Options of `fovea serve`: those of the tables, and `--set KEY=VALUE` for any key.
            2. Environment variables. Each key has one, named in the tables.
            3. `fovea.properties` in the home, a Java properties file of `KEY=VALUE` lines.

            ```sh skip="starts servers on the default ports"
            fovea serve --port 9000 --set batching.max-batch-size=16
            FOVEA_SERVER_PORT=9000 FOVEA_BATCHING_MAX_BATCH_SIZE=16 fovea serve
            ```

            The server checks everything at start. It prints all errors numbered, each with its key, and exits with 2. Unknown keys are refused with a suggestion.

            - A **duration** is a whole number with its unit: `ms`, `s`, `m`, `h` or `d`.
            - A **size** is a whole number with its unit: `B`, `kB`, `MB`, `GB` (powers of 1,000), `KiB`, `MiB` or `GiB` (powers of 1,024).
            - A **list** is separated by commas.

            In Kubernetes, variables that the cluster injects for a Service, such as `FOVEA_SERVER_PORT=tcp://10.96.12.7:80` beside `FOVEA_SERVER_SERVICE_HOST`, are ignored.

            This page is generated from the code.
            """;

    private static final String TAIL = """

            ## Other environment variables

            | variable | what it does |
            |---|---|
            | `FOVEA_HOME` | The home, where `--home` is not given; `~/.fovea` by default. |
            | `FOVEA_API_KEY` | The API key that `fovea load` sends, where `--api-key` is not given. |
            | `JAVA_HOME` | The JDK that the launcher tries first. |
            """;

    @Test
    void shouldBeTheCommittedPage() throws IOException {
        String page = page();
        if (Boolean.getBoolean("fovea.docs.renew")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("make it anew with -Dfovea.docs.renew=true")
                .content()
                .isEqualTo(page);
    }

    /** The help of an option names its key and states its default. */
    @Test
    void shouldAgreeWithTheHelpOfServe() {
        CommandLine serve = Fovea.commandLine().getSubcommands().get("serve");
        assertThat(SettingsReader.KEYS)
                .filteredOn(key -> !key.key().option().isEmpty())
                .hasSize(4)
                .allSatisfy(key -> {
                    OptionSpec option =
                            serve.getCommandSpec().findOption(key.key().option());
                    assertThat(option).as(key.key().option()).isNotNull();
                    assertThat(String.join("", option.description()))
                            .contains("(%s; default: %s)"
                                    .formatted(
                                            key.name(),
                                            key.key().value() + key.key().computed()));
                });
    }

    private static String page() {
        return HEAD
                + SettingsReader.KEYS.stream()
                        .map(SettingKey::group)
                        .distinct()
                        .map(ConfigurationReferenceTest::section)
                        .collect(Collectors.joining())
                + TAIL;
    }

    private static String section(String group) {
        return SettingsReader.KEYS.stream()
                .filter(key -> key.group().equals(group))
                .map(ConfigurationReferenceTest::row)
                .collect(Collectors.joining(
                        "",
                        "\n## `%s.*`\n\n| key, environment variable | type | default | limits | what it does |\n|---|---|---|---|---|\n"
                                .formatted(group),
                        ""));
    }

    private static String row(SettingKey key) {
        Key declared = key.key();
        String option = declared.option().isEmpty() ? "" : " Option `%s`.".formatted(declared.option());
        String fallback = declared.value().isEmpty()
                ? declared.computed().isEmpty() ? "none" : declared.computed()
                : "`%s`".formatted(declared.value());
        String limits = declared.min().isEmpty() ? "" : "`%s` to `%s`".formatted(declared.min(), declared.max());
        return "| `%s`<br>`%s` | %s | %s | %s | %s%s |\n"
                .formatted(key.name(), key.variable(), key.type().words(), fallback, limits, declared.text(), option);
    }
}
