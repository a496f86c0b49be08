package dev.fovea.bench;

import dev.fovea.model.graph.NetworkBuilder.Scale;
import java.util.Map;

/** Program start to ready with one model registered, and the command line, with and without the JDK's AOT cache. */
final class StartBench {

    private static final int RUNS = 5;
    private static final double BAR_READY_SECONDS = 3;
    private static final double BAR_COMMAND_SECONDS = 1;
    private static final Map<String, String> NO_CACHE = Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");

    private StartBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            Launcher launcher = new Launcher(home.path(), Map.of());
            Launcher plain = new Launcher(home.path(), NO_CACHE);
            BenchSubject.drawn(home.path(), Scale.SMALL, 96, 1).importAs("bench", launcher);
            BenchReport.machine();
            Ready plainServe = new Ready("fovea serve, no AOT cache");
            Ready serve = new Ready("fovea serve");
            BenchSeries plainModels = new BenchSeries("fovea models, no AOT cache");
            BenchSeries models = new BenchSeries("fovea models");
            for (int run = 0; run < RUNS; run++) {
                plainServe.add(plain);
                serve.add(launcher);
                plainModels.add(models(plain));
                models.add(models(launcher));
            }
            BenchReport.table("from the shell to readiness 200", "s", plainServe.wall(), serve.wall());
            BenchReport.table("processor time until then", "s", plainServe.processor(), serve.processor());
            BenchReport.table("from the shell to the end", "s", plainModels, models);
            BenchReport.maximum("start to ready", serve.wall().median(), BAR_READY_SECONDS, " s");
            BenchReport.maximum("fovea models", models.median(), BAR_COMMAND_SECONDS, " s");
            BenchReport.machine();
        }
    }

    /** Seconds to readiness, on the clock and of processor time. */
    private record Ready(BenchSeries wall, BenchSeries processor) {
        Ready(String name) {
            this(new BenchSeries(name), new BenchSeries(name));
        }

        void add(Launcher launcher) throws Exception {
            try (Launcher.Server server = launcher.serve()) {
                wall.add(server.nanosToReady() / 1e9);
                processor.add(server.processorSecondsToReady());
            }
        }
    }

    private static double models(Launcher launcher) throws Exception {
        long start = System.nanoTime();
        launcher.run("models");
        return (System.nanoTime() - start) / 1e9;
    }
}
