package dev.fovea.cli;

import dev.fovea.docs.GeneratedPage;
import dev.fovea.docs.GeneratedPage.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/reference/cli.md} is made from the commands themselves. */
class CliReferenceTest {

    private static final List<String> OF_EVERY_COMMAND = List.of("--help", "--version");

    @Test
    void shouldDescribeEveryCommandAndOption() throws IOException {
        List<Section> sections = new ArrayList<>();
        collect(Fovea.commandLine().setUsageHelpAutoWidth(false), sections);
        GeneratedPage.check("cli", sections);
    }

    private static void collect(CommandLine line, List<Section> sections) {
        line.getSubcommands().values().stream().distinct().forEach(command -> {
            sections.add(section(command.getCommandSpec()));
            collect(command, sections);
        });
    }

    private static Section section(CommandSpec command) {
        StringBuilder text = new StringBuilder();
        List<String> description = lines(command.usageMessage().description());
        text.append(String.join("\n\n", description)).append("\n\n");
        String footer =
                String.join("\n", lines(command.usageMessage().footer())).strip();
        text.append("```\n")
                .append(new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                        .synopsis(0)
                        .strip())
                .append("\n```\n\n");
        text.append(arguments(command));
        if (!footer.isEmpty()) {
            text.append("```\n").append(footer).append("\n```\n");
        }
        return new Section("## " + command.qualifiedName(), text.toString());
    }

    private static String arguments(CommandSpec command) {
        List<String> rows = new ArrayList<>();
        command.positionalParameters().forEach(each -> rows.add(row(each, each.paramLabel())));
        command.options().stream()
                .filter(each -> !OF_EVERY_COMMAND.contains(each.longestName()) && !each.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(each -> rows.add(row(
                        each,
                        String.join(", ", each.names()) + (each.arity().max() == 0 ? "" : " " + each.paramLabel()))));
        return rows.isEmpty() ? "" : "| argument or option | meaning |\n|---|---|\n" + String.join("\n", rows) + "\n\n";
    }

    private static String row(ArgSpec argument, String name) {
        String meaning = Arrays.stream(argument.renderedDescription())
                .map(line -> line.replace("%%", "%"))
                .collect(Collectors.joining(" "));
        return "| `%s` | %s%s |"
                .formatted(
                        name.replace("|", "\\|"),
                        argument.required() && argument.isOption() ? "Required. " : "",
                        escaped(meaning));
    }

    private static List<String> lines(String[] text) {
        return Arrays.stream(text)
                .map(line -> line.replace("%%", "%"))
                .map(String::stripTrailing)
                .toList();
    }

    /** In a table cell of Markdown. */
    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("~", "\\~");
    }
}
