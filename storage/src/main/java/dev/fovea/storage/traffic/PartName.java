package dev.fovea.storage.traffic;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a Parquet file: {@code model=shirts/day=2026-11-30/part-0-ID.parquet}, as Hive lays partitions out, so
 * that DuckDB, Spark and pandas read {@code model} and {@code day} from it.
 *
 * @param day of the rows' times, in UTC
 * @param level 0 as it was first written; files of one level are merged to one of the next
 * @param id unique
 */
record PartName(String model, LocalDate day, int level, String id) {

    private static final Pattern NAME =
            Pattern.compile("model=([^/]+)/day=(\\d{4}-\\d{2}-\\d{2})/part-(\\d)-([0-9A-Za-z-]+)\\.parquet");

    /** The folder of a model's days. */
    static String folder(String model) {
        return "model=" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "/";
    }

    /** The name of a file; empty for another. */
    static Optional<PartName> of(String key) {
        Matcher name = NAME.matcher(key);
        return name.matches()
                ? Optional.of(new PartName(
                        URLDecoder.decode(name.group(1), StandardCharsets.UTF_8),
                        LocalDate.parse(name.group(2)),
                        Integer.parseInt(name.group(3)),
                        name.group(4)))
                : Optional.empty();
    }

    /** The relative path, with slashes. */
    String key() {
        return "%sday=%s/part-%d-%s.parquet".formatted(folder(model), day, level, id);
    }
}
