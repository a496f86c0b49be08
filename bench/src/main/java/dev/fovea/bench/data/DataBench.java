package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import java.util.List;

/** {@code bench/run data NAME...}: each benchmark of data sets and labels by its name. */
final class DataBench {

    private static final List<String> NAMES =
            List.of("add", "scale", "exchange", "wrong-labels", "active-learning", "labelling");

    private DataBench() {}

    /** {@code [NAME...]}; without a name, all. */
    public static void main(String[] arguments) throws Exception {
        List<String> names = arguments.length == 0 ? NAMES : List.of(arguments);
        BenchReport.machine();
        for (String name : names) {
            switch (name) {
                case "add" -> AddBench.run();
                case "scale" -> DatasetScaleBench.run();
                case "wrong-labels" -> WrongLabelsBench.run();
                case "active-learning" -> ActiveLearningBench.run();
                case "exchange" -> ExchangeBench.run();
                case "labelling" -> LabellingBench.run();
                default -> {
                    System.err.printf("data %s is none of %s%n", name, NAMES);
                    System.exit(2);
                }
            }
        }
        BenchReport.machine();
    }
}
