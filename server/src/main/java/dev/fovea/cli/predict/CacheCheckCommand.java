package dev.fovea.cli.predict;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.FoundFile;
import dev.fovea.evaluation.classification.NearDuplicateAgreement;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.server.Application;
import dev.fovea.serving.cache.CacheKey;
import dev.fovea.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea cache-check}. */
@Command(
        name = "cache-check",
        description = {
            "Shows how many labels would change if nearly identical images shared a cached response.",
            "Prints the largest distance without a change: a value for cache.max-hash-distance."
        },
        footer = {"", "Example:  fovea cache-check fabric --data images"})
public final class CacheCheckCommand extends HomeCommand {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model, a classifier.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--data",
            paramLabel = "FOLDER|DATASET",
            required = true,
            description =
                    "Images like those in production, one folder per class, with many near duplicates. Or NAME or NAME@VERSION of a data set, or the first digits of an image list's id.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String data;

    @Option(names = "--model-version", paramLabel = "N", description = "A version (default: the one in production).")
    private @Nullable Integer version;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    /** What {@code --json} prints; {@code safeDistance} is null when none is safe. */
    record Output(
            String model,
            int version,
            int images,
            int leftOut,
            Optional<Integer> safeDistance,
            List<NearDuplicateAgreement.DistanceAgreement> distances) {}

    @Override
    public Integer call() {
        try (Application application = open()) {
            String folder = application.checkout().data("data", data);
            List<FoundFile> files =
                    ImageSource.of(folder, "", application.home().datasets()).labelled();
            ModelVersion chosen = application.registry().active(name, Optional.ofNullable(version));
            Bundle bundle = application.home().bundles().bundle(chosen.bundleId());
            requireClassifier(bundle);
            try (LoadedModel model = application.load(bundle)) {
                List<NearDuplicateAgreement.HashedPrediction> seen = seen(model, files);
                report(chosen, NearDuplicateAgreement.of(seen), files.size() - seen.size());
            }
        }
        return 0;
    }

    private void requireClassifier(Bundle bundle) {
        if (!(bundle.manifest().postprocessing() instanceof Postprocessing.OneLabel)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s does not predict one label per image, so cache.max-hash-distance has no effect on it."
                            .formatted(name));
        }
    }

    /** What has a look and an answer; images that are there twice count once, for they share an answer anyway. */
    private List<NearDuplicateAgreement.HashedPrediction> seen(LoadedModel model, List<FoundFile> files) {
        Set<CacheKey> known = new HashSet<>();
        List<NearDuplicateAgreement.HashedPrediction> seen = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            terminal()
                    .progress(
                            "looking",
                            (i + 1.0) / files.size(),
                            Optional.empty(),
                            files.get(i).path());
            image(files.get(i))
                    .filter(bytes -> known.add(CacheKey.of("", bytes)))
                    .flatMap(bytes -> seen(model, bytes))
                    .ifPresent(seen::add);
        }
        return seen;
    }

    private Optional<byte[]> image(FoundFile file) {
        try {
            return Optional.of(Files.readAllBytes(file.file()));
        } catch (IOException e) {
            terminal().note("%s is left out: it cannot be read.".formatted(file.path()));
            return Optional.empty();
        }
    }

    private static Optional<NearDuplicateAgreement.HashedPrediction> seen(LoadedModel model, byte[] bytes) {
        try {
            Optional<PerceptualHash> look =
                    model.fingerprint(bytes, Deadline.in(LIMIT)).hash();
            return look.map(hash -> new NearDuplicateAgreement.HashedPrediction(
                    hash,
                    model.predict(bytes, Deadline.in(LIMIT))
                            .classification()
                            .best()
                            .label()));
        } catch (FoveaException e) {
            // a file that is no image, or damaged; train's report names them
            return Optional.empty();
        }
    }

    private void report(ModelVersion chosen, NearDuplicateAgreement alike, int leftOut) {
        OptionalInt safe = alike.safe();
        if (json) {
            terminal()
                    .json(new Output(
                            name,
                            chosen.number(),
                            alike.images(),
                            leftOut,
                            safe.isPresent() ? Optional.of(safe.getAsInt()) : Optional.empty(),
                            alike.rows()));
            return;
        }
        TextTable table = new TextTable("WITHIN", "PAIRS", "LABEL CHANGES", "SHARE", "95 % INTERVAL");
        alike.rows()
                .forEach(row -> table.row(
                        row.distance() + (row.distance() == 1 ? " bit" : " bits"),
                        row.pairs(),
                        row.changed(),
                        row.share().map(share -> percent(share.value())).orElse("–"),
                        row.share().map(CacheCheckCommand::interval).orElse("–")));
        terminal()
                .say("%s version %d, %d images; %d skipped (unreadable, duplicate, or without contrast)"
                        .formatted(name, chosen.number(), alike.images(), leftOut));
        terminal().say(table.toString());
        terminal().say(verdict(alike, safe));
    }

    private static String verdict(NearDuplicateAgreement alike, OptionalInt safe) {
        if (safe.isPresent() && safe.getAsInt() > 0) {
            return "Within %d bits no label changes on these images: cache.max-hash-distance=%d. More pairs would narrow the interval."
                    .formatted(safe.getAsInt(), safe.getAsInt());
        }
        return alike.rows().getLast().pairs() == 0
                ? "No two of these images are similar, so no distance can be tested. Leave cache.max-hash-distance at 0."
                : "No distance is safe on these images. Leave cache.max-hash-distance at 0.";
    }

    private static String interval(Interval share) {
        return percent(share.low()) + " to " + percent(share.high());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
