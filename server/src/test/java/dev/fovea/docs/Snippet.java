package dev.fovea.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page that a reader would run, with what its first line says of it: {@code sh run} is run,
 * {@code sh background} is started and runs until the page ends, {@code skip="reason"} is not run here.
 *
 * @param page the file
 * @param line of the fence
 * @param language the word after the fence
 * @param mode what is done with it
 * @param reason why it is not run; empty for what is
 * @param text the block
 */
record Snippet(Path page, int line, String language, Mode mode, String reason, String text) {

    enum Mode {
        RUN,
        BACKGROUND,
        SKIP,
        UNMARKED
    }

    private static final Pattern FENCE = Pattern.compile("^( *)```(\\S*)(.*)$");
    private static final Pattern SKIP = Pattern.compile("skip=\"([^\"]+)\"");

    /** All blocks of a page that name a language and a mode, and those of a shell whether or not they do. */
    static List<Snippet> of(Path page) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            int first = i + 1;
            StringBuilder text = new StringBuilder();
            for (i = first; !lines.get(i).strip().equals("```"); i++) {
                String line = lines.get(i);
                int indent = Math.min(fence.group(1).length(), line.length());
                text.append(line.substring(indent)).append('\n');
            }
            snippets.add(of(page, first, fence.group(2), fence.group(3), text.toString()));
        }
        return snippets;
    }

    private static Snippet of(Path page, int line, String language, String marks, String text) {
        Matcher skip = SKIP.matcher(marks);
        if (skip.find()) {
            return new Snippet(page, line, language, Mode.SKIP, skip.group(1), text);
        }
        Mode mode = switch (marks.strip()) {
            case "run" -> Mode.RUN;
            case "background" -> Mode.BACKGROUND;
            default -> Mode.UNMARKED;
        };
        return new Snippet(page, line, language, mode, "", text);
    }

    /** Whether a reader would paste it into a terminal or a file and expect it to work. */
    boolean isRunnable() {
        return switch (language) {
            case "sh", "bash", "python", "yaml", "ini", "nginx" -> true;
            default -> mode != Mode.UNMARKED;
        };
    }

    String place() {
        return "%s:%d".formatted(page, line);
    }
}
