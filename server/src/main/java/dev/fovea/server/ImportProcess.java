package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.BoundedProcess;
import dev.fovea.pipeline.ImportLimits;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.queue.JobResult;
import dev.fovea.pipeline.request.ImportRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An import in a child process of a server: what a foreign network does to ONNX Runtime ends with that process. The
 * request goes to its standard input, and each line of its standard output is a {@link Message}.
 */
public final class ImportProcess {

    private static final String MARK = "fovea-import:";

    private ImportProcess() {}

    /**
     * What the child reports: a step, or how it ended.
     *
     * @param step of a step; empty at the end
     * @param text its detail; at the end why it failed
     */
    public record Message(
            String step, double fraction, String text, Optional<ErrorCode> failure, Optional<JobResult> result) {}

    /** Imports into a home; the errors of the import, and {@code MODEL_LIMIT_EXCEEDED}. */
    static JobOutcome run(Path home, ImportRequest request, JobProgress progress) {
        AtomicReference<@Nullable Message> end = new AtomicReference<>();
        int _ = new BoundedProcess("Importing " + request.subject(), ImportLimits.of(request))
                .run(
                        ImportProcess.class.getName(),
                        List.of(home.toString()),
                        JobJson.write(request),
                        line -> message(line).ifPresent(message -> {
                            if (message.step().isEmpty()) {
                                end.set(message);
                            } else {
                                progress.at(message.step(), message.fraction(), Optional.empty(), message.text());
                            }
                        }));
        Message last = Optional.ofNullable(end.get())
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.INTERNAL, "The import ended without a result. See the server's log."));
        last.failure().ifPresent(code -> {
            throw new FoveaException(code, last.text());
        });
        return new JobOutcome(last.result().orElseThrow(), Optional.empty());
    }

    private static Optional<Message> message(String line) {
        return line.startsWith(MARK)
                ? Optional.of(JobJson.read(line.substring(MARK.length()), Message.class))
                : Optional.empty();
    }

    /** The child: its one argument is the home. */
    public static void main(String[] args) throws IOException {
        BoundedProcess.endWithParent();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ImportRequest request =
                (ImportRequest) JobJson.request(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        JobProgress progress = (step, fraction, remaining, detail) ->
                say(out, new Message(step, fraction, detail, Optional.empty(), Optional.empty()));
        try (Application application = Application.open(Path.of(args[0]))) {
            JobResult result = JobOutcomes.of(application.work().importHere(request, progress))
                    .result();
            say(out, new Message("", 1, "", Optional.empty(), Optional.of(result)));
        } catch (FoveaException e) {
            say(out, new Message("", 1, String.valueOf(e.getMessage()), Optional.of(e.code()), Optional.empty()));
        }
    }

    private static void say(PrintStream out, Message message) {
        out.println(MARK + JobJson.report(message));
    }
}
