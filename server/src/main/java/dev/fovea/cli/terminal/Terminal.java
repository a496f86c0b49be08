package dev.fovea.cli.terminal;

import dev.fovea.fault.Printable;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results on standard output, progress on standard error: one live line in a terminal, a line now and then elsewhere.
 */
public final class Terminal {

    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int WIDTH = 100;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean live;
    private String lastStep = "";
    private double lastFraction;
    private long lastShown;
    private boolean lineOpen;

    Terminal(PrintWriter out, PrintWriter err) {
        this(
                out,
                err,
                Optional.ofNullable(System.console())
                                .filter(Console::isTerminal)
                                .isPresent()
                        && isTerminal(STANDARD_ERROR));
    }

    /** @param live whether progress is one line that is written over */
    Terminal(PrintWriter out, PrintWriter err, boolean live) {
        this.out = out;
        this.err = err;
        this.live = live;
    }

    /**
     * Whether an open file is a terminal. A console says so of standard input and output only, and progress goes to
     * standard error, which may be a file or pipe; where the system has no such links, it counts as a terminal.
     */
    static boolean isTerminal(Path openFile) {
        try {
            return Files.readSymbolicLink(openFile).toString().matches("/dev/(pts/|tty|console).*");
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }

    /** A line of result. */
    public synchronized void say(String line) {
        closeLine();
        out.println(Printable.lines(line));
        out.flush();
    }

    /** A line for people, beside the result. */
    public synchronized void note(String line) {
        closeLine();
        err.println(Printable.lines(line));
        err.flush();
    }

    /** A line that a person types after a question; empty where nobody can be asked. */
    public synchronized Optional<String> ask(String question) {
        closeLine();
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readLine("%s", Printable.word(question)));
    }

    /** A value as JSON in snake_case. */
    public synchronized void json(Object value) {
        closeLine();
        out.println(Printable.lines(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(value)));
        out.flush();
    }

    /** A value as one line of JSON in snake_case. */
    public synchronized void line(Object value) {
        closeLine();
        out.println(Printable.lines(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .writeValueAsString(value)));
        out.flush();
    }

    /** How far a step has come; the fraction is NaN where the whole is not known. */
    public synchronized void progress(String step, double fraction, Optional<Duration> remaining, String detail) {
        boolean news = !step.equals(lastStep) || (fraction >= 1 && lastFraction < 1);
        if (!live && !news && System.nanoTime() - lastShown < QUIET_NANOS) {
            return;
        }
        String line = String.format(
                Locale.ROOT,
                "  %-10s %s  %s%s",
                step,
                Double.isNaN(fraction) ? "     " : String.format(Locale.ROOT, "%3.0f %%", 100 * fraction),
                remaining
                        .filter(left -> fraction < 1)
                        .map(left -> words(left) + " left  ")
                        .orElse(""),
                Printable.word(detail));
        lastStep = step;
        lastFraction = fraction;
        lastShown = System.nanoTime();
        if (live) {
            err.print("\r\u001b[2K" + (line.length() > WIDTH ? line.substring(0, WIDTH) : line));
            lineOpen = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    private void closeLine() {
        if (lineOpen) {
            err.println();
            err.flush();
            lineOpen = false;
        }
    }

    private static String words(Duration left) {
        long seconds = Math.max(1, left.toSeconds());
        return seconds < 60 ? seconds + " s" : "%d min %02d s".formatted(seconds / 60, seconds % 60);
    }
}
