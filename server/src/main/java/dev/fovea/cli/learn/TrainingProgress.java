package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.report.IngestReportJson;
import dev.fovea.datasets.report.IngestReportTable;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ReportTable;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.TrainingListener;
import dev.fovea.pipeline.queue.JobProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows a training on the terminal. */
public final class TrainingProgress implements TrainingListener {

    private static final int EXAMPLES = 3;

    private final Terminal terminal;
    private final boolean terse;
    private final Optional<Path> findings;
    private final JobProgress progress;

    /**
     * Shows a training.
     *
     * @param terse whether only progress and notes are shown
     * @param findings a file for everything that was found in the folder, as JSON
     * @param progress of the job, which shows it
     */
    public TrainingProgress(Terminal terminal, boolean terse, Optional<Path> findings, JobProgress progress) {
        this.terminal = terminal;
        this.terse = terse;
        this.findings = findings;
        this.progress = progress;
    }

    @Override
    public void note(String sentence) {
        terminal.note(sentence);
    }

    @Override
    public void progress(Step step, double fraction, Optional<Duration> remaining, String detail) {
        progress.at(step.name().toLowerCase(Locale.ROOT), fraction, remaining, detail);
    }

    @Override
    public Optional<String> job() {
        return progress.job();
    }

    @Override
    public void quantized(String step, int done, int of) {
        progress.counting().at("int8: " + step, done, of);
    }

    @Override
    public void ingested(IngestReport report) {
        if (!terse) {
            terminal.say(IngestReportTable.write(report, EXAMPLES));
        }
        findings.ifPresent(file -> write(file, report));
        if (findings.isEmpty() && report.duplicates().doubtful().size() > EXAMPLES) {
            terminal.note(
                    "To list all %d groups that look alike and differ in label, and all other findings: --findings FILE"
                            .formatted(report.duplicates().doubtful().size()));
        }
    }

    private void write(Path file, IngestReport report) {
        try {
            Files.writeString(file, IngestReportJson.write(report));
            terminal.note("All findings are in " + file);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--findings %s cannot be written. Give a file in a folder that exists.".formatted(file),
                    e);
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
