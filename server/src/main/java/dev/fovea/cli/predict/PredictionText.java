package dev.fovea.cli.predict;

import dev.fovea.api.view.ObjectView;
import dev.fovea.api.view.ObjectView.BoxView;
import dev.fovea.api.view.PredictionView;
import dev.fovea.cli.terminal.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Answers to images as a table, with the columns that the model's task has. */
final class PredictionText {

    private static final String NONE = "–";

    private PredictionText() {}

    static String of(List<PredictCommand.Row> rows) {
        String[] headings = headings(rows);
        TextTable table = new TextTable(headings);
        for (PredictCommand.Row row : rows) {
            List<List<String>> answers = row.answer()
                    .map(PredictionText::cells)
                    .orElse(List.of(List.of(row.code().orElse(""))));
            String time = row.answer()
                    .map(answer -> String.format(
                            Locale.ROOT, "%.1f ms", answer.latency().latencyMs()))
                    .orElse(NONE);
            add(table, row.image(), answers, time, headings.length);
        }
        return table.toString();
    }

    /** All images were answered by the same model, so that the first answer tells the task. */
    private static String[] headings(List<PredictCommand.Row> rows) {
        String task = rows.stream()
                .flatMap(row -> row.answer().stream())
                .map(answer -> answer.content().task())
                .findFirst()
                .orElse("classification");
        return switch (task) {
            case "detection", "text-detection" -> new String[] {"IMAGE", "LABEL", "CONFIDENCE", "BOX", "TIME"};
            case "segmentation" -> new String[] {"IMAGE", "LABEL", "AREA", "BOX", "TIME"};
            case "multi-task" -> new String[] {"IMAGE", "TASK", "LABEL", "CONFIDENCE", "TIME"};
            case "embedding" -> new String[] {"IMAGE", "LENGTH", "FIRST VALUES", "TIME"};
            case "tensors" -> new String[] {"IMAGE", "ANSWER", "TIME"};
            default -> new String[] {"IMAGE", "LABEL", "CONFIDENCE", "TIME"};
        };
    }

    private static void add(TextTable table, String image, List<List<String>> answers, String time, int columns) {
        for (int place = 0; place < answers.size(); place++) {
            Object[] cells = new Object[columns];
            Arrays.fill(cells, NONE);
            cells[0] = place == 0 ? image : "";
            for (int column = 0; column < answers.get(place).size(); column++) {
                cells[column + 1] = answers.get(place).get(column);
            }
            cells[columns - 1] = place == 0 ? time : "";
            table.row(cells);
        }
    }

    private static List<List<String>> cells(PredictionView answer) {
        return switch (answer.content().task()) {
            case "detection", "text-detection", "segmentation" ->
                orNothing(
                        answer.content().objects().stream()
                                .map(PredictionText::cells)
                                .toList(),
                        "nothing found");
            case "multi-task" ->
                answer.content().tasks().entrySet().stream()
                        .map(task -> List.of(
                                task.getKey(),
                                task.getValue().label(),
                                share(task.getValue().confidence())))
                        .toList();
            case "embedding" -> List.of(embedding(answer.content().embedding()));
            case "tensors" -> List.of(List.of("tensors, which only the API gives"));
            default ->
                orNothing(
                        answer.content().top().stream()
                                .map(ranked -> List.of(ranked.label(), share(ranked.confidence())))
                                .toList(),
                        "none applies");
        };
    }

    private static List<List<String>> orNothing(List<List<String>> answers, String nothing) {
        return answers.isEmpty() ? List.of(List.of(nothing)) : answers;
    }

    private static List<String> cells(ObjectView object) {
        String measure = object.confidence()
                .map(PredictionText::share)
                .or(() -> object.mask().map(PredictionText::area))
                .orElse(NONE);
        return List.of(object.label().orElse("text"), measure, box(object.box()));
    }

    private static List<String> embedding(List<Float> values) {
        String first = String.join(
                " ",
                values.stream()
                        .limit(4)
                        .map(value -> String.format(Locale.ROOT, "%.4f", value))
                        .toList());
        return List.of(String.valueOf(values.size()), values.size() > 4 ? first + " …" : first);
    }

    private static String area(ObjectView.MaskView mask) {
        double pixels = (double) mask.size().get(0) * mask.size().get(1);
        return String.format(Locale.ROOT, "%.1f %%", 100 * mask.area() / pixels);
    }

    /** Left, upper, right and lower edge. */
    private static String box(BoxView box) {
        return String.format(Locale.ROOT, "%.0f,%.0f – %.0f,%.0f", box.x1(), box.y1(), box.x2(), box.y2());
    }

    private static String share(double confidence) {
        return String.format(Locale.ROOT, "%.3f", confidence);
    }
}
