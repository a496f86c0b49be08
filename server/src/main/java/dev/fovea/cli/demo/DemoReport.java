package dev.fovea.cli.demo;

import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;

/** What the demo has shown, and what it was meant to show and did not. Not thread-safe. */
final class DemoReport {

    private final Terminal terminal;
    private final TextTable table = new TextTable("STEP", "WHAT", "RESULT");
    private final List<String> failures = new ArrayList<>();

    DemoReport(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Says a line. */
    void say(String line) {
        terminal.say(line);
    }

    /** A row of the table at the end. */
    void row(String step, String what, String result) {
        table.row(step, what, result);
    }

    /** The same, said at once too. */
    void told(String step, String what, String result) {
        terminal.say("  %s: %s".formatted(Character.toUpperCase(what.charAt(0)) + what.substring(1), result));
        row(step, what, result);
    }

    /** Notes what was not shown. */
    void failed(String why) {
        failures.add(why);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
