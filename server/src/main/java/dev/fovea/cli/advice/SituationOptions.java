package dev.fovea.cli.advice;

import dev.fovea.pipeline.advice.AdviceField;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known of a team and its task, as options. */
final class SituationOptions {

    @Option(names = "--images", paramLabel = "N", description = "Images at hand (default: 0).")
    private @Nullable String images;

    @Option(names = "--labelled", paramLabel = "N", description = "Of these with labels (default: 0).")
    private @Nullable String labelled;

    @Option(names = "--classes", paramLabel = "N", description = "Classes to tell apart (default: 2).")
    private @Nullable String classes;

    @Option(
            names = "--team",
            paramLabel = "TEAM",
            description =
                    "developers, operators (have run models in production) or modellers (have trained models) (default: developers).")
    private @Nullable String team;

    @Option(names = "--deadline-days", paramLabel = "N", description = "Days until it must work (default: 30).")
    private @Nullable String deadline;

    @Option(
            names = "--privacy",
            paramLabel = "PRIVACY",
            description =
                    "Where images may go: public (any service), contract (a service with a contract) or internal (nowhere) (default: contract).")
    private @Nullable String privacy;

    @Option(names = "--accuracy", paramLabel = "SHARE", description = "Share that must be right (default: 0.9).")
    private @Nullable String accuracy;

    @Option(
            names = "--place",
            paramLabel = "PLACE",
            description = "Where the model runs: cloud, own-servers, device or offline (default: cloud).")
    private @Nullable String place;

    @Option(names = "--volume", paramLabel = "N", description = "Images in a month (default: 100000).")
    private @Nullable String volume;

    @Option(names = "--months", paramLabel = "N", description = "Months that costs are compared over (default: 12).")
    private @Nullable String months;

    /** What was stated. */
    Map<AdviceField, String> values() {
        Map<AdviceField, String> values = new EnumMap<>(AdviceField.class);
        put(values, AdviceField.IMAGES, images);
        put(values, AdviceField.LABELLED, labelled);
        put(values, AdviceField.CLASSES, classes);
        put(values, AdviceField.TEAM, team);
        put(values, AdviceField.DEADLINE_DAYS, deadline);
        put(values, AdviceField.PRIVACY, privacy);
        put(values, AdviceField.ACCURACY, accuracy);
        put(values, AdviceField.PLACE, place);
        put(values, AdviceField.VOLUME, volume);
        put(values, AdviceField.MONTHS, months);
        return values;
    }

    private static void put(Map<AdviceField, String> values, AdviceField field, @Nullable String value) {
        if (value != null) {
            values.put(field, value);
        }
    }
}
