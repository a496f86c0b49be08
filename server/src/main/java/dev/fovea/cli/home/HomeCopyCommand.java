package dev.fovea.cli.home;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.config.SettingsReader;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.server.Application;
import dev.fovea.storage.HomeCopy;
import dev.fovea.storage.HomeSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea home copy}. */
@Command(
        name = "copy",
        description = {
            "Copies all rows and files into an empty home, and compares counts and hashes.",
            "The target is a directory, or a PostgreSQL database and a bucket in S3.",
            "Stop the servers of the home first; changes during the copy are not copied.",
            "The prediction log and kept images are copied too. Not copied: fovea.properties, remotes.json,",
            "alerts.json, and files of the log that were set aside as damaged."
        },
        footer = {
            "",
            "Examples:",
            "  fovea home copy --to /backup/fovea",
            "  fovea home copy --to postgresql://fovea@db/fovea --to 's3://models/fovea?region=eu-central-1'",
            "",
            "Passwords of the target come from FOVEA_TO_DATABASE_PASSWORD, FOVEA_TO_BLOBS_ACCESS_KEY and",
            "FOVEA_TO_BLOBS_SECRET_KEY. Passwords of the home come from its own configuration."
        })
public final class HomeCopyCommand extends HomeCommand {

    private static final String PREFIX = "FOVEA_TO_";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TARGET",
            description =
                    "A directory, postgresql://user@host/database or s3://bucket/prefix. Give a database and a bucket together.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private List<String> targets;

    @Override
    public Integer call() {
        try (Application application = open()) {
            HomeCopy.CopyReport report =
                    application.copyTo(target(application.home().scratch()), this::show);
            terminal()
                    .say(
                            "Copied %d rows, %d models, %d packs of images and %d files of the prediction log to %s. Counts and hashes are the same."
                                    .formatted(
                                            report.allRows(),
                                            report.bundles(),
                                            report.packs(),
                                            report.logFiles(),
                                            String.join(" and ", targets)));
            return 0;
        }
    }

    private void show(int done, int of) {
        terminal().note("%d of %d".formatted(done, of));
    }

    /**
     * The target's settings are read like a home's, so that they are checked and reported alike.
     *
     * @param scratch for work under way
     */
    private HomeSettings target(Path scratch) {
        Map<String, String> settings = new HashMap<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                settings.put("FOVEA_" + name.substring(PREFIX.length()), value);
            }
        });
        List<String> databases = targets.stream()
                .filter(to -> to.matches("(jdbc:)?postgres(ql)?://.*"))
                .toList();
        List<String> buckets =
                targets.stream().filter(to -> to.startsWith("s3://")).toList();
        List<String> directories = targets.stream()
                .filter(to -> !databases.contains(to) && !buckets.contains(to))
                .toList();
        if (directories.size() == 1 && targets.size() == 1) {
            return HomeSettings.in(Path.of(directories.getFirst()).toAbsolutePath());
        }
        if (databases.size() != 1 || buckets.size() != 1 || !directories.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--to %s: name one directory, or one postgresql:// database and one s3:// bucket."
                            .formatted(String.join(" --to ", targets)));
        }
        settings.put("FOVEA_DATABASE_URL", databases.getFirst());
        settings.put("FOVEA_BLOBS_URL", buckets.getFirst());
        return SettingsReader.readHome(scratch, settings);
    }
}
