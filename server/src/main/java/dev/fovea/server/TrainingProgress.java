package dev.fovea.server;

import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.IngestReportTable;
import dev.fovea.evaluation.ClassificationReport;
import dev.fovea.evaluation.ModelVerdict;
import dev.fovea.evaluation.ReportTable;
import dev.fovea.pipeline.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows a training on the terminal. */
final class TrainingProgress implements TrainingListener {

    private final Terminal terminal;
    private final boolean terse;

    TrainingProgress(Terminal terminal, boolean terse) {
        this.terminal = terminal;
        this.terse = terse;
    }

    @Override
    public void progress(Step step, double fraction, Optional<Duration> remaining, String detail) {
        terminal.progress(step.name().toLowerCase(Locale.ROOT), fraction, remaining, detail);
    }

    @Override
    public void ingested(IngestReport report) {
        if (!terse) {
            terminal.say(IngestReportTable.write(report, 3));
        }
    }

    @Override
    public void evaluated(ClassificationReport report) {
        if (!terse) {
            terminal.say(VerdictLines.of(ModelVerdict.of(report)));
            terminal.say(new ReportTable(ReportTable.DEFAULT_WIDTH).render(report));
        }
    }
}
