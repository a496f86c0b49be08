package dev.fovea.cli.terminal;

import dev.fovea.evaluation.report.EvaluationVerdict;
import java.util.List;
import java.util.stream.Collectors;

/** A verdict for a terminal: the headline, then the other sentences, each on lines of its own. */
public final class VerdictLines {

    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

    private VerdictLines() {}

    /** The sentences of a verdict. */
    public static String of(EvaluationVerdict verdict) {
        return of(verdict.sentences());
    }

    /** Sentences of which the first is the headline. */
    public static String of(List<String> sentences) {
        String rest = sentences.stream()
                .skip(1)
                .map(sentence -> wrapped(INDENT, sentence))
                .collect(Collectors.joining("\n"));
        return wrapped("", sentences.getFirst()) + "\n" + rest + "\n";
    }

    private static String wrapped(String indent, String sentence) {
        StringBuilder text = new StringBuilder(indent);
        int column = indent.length();
        for (String word : sentence.split(" ")) {
            if (column > indent.length() && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(indent);
                column = indent.length();
            } else if (column > indent.length()) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }
}
