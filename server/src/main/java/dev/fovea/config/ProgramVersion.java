package dev.fovea.config;

import java.util.Optional;

/** Which program this is. */
public final class ProgramVersion {

    private ProgramVersion() {}

    /** The version in the jar's manifest; {@code dev} when run from classes. */
    public static String current() {
        return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }

    /** This machine in words, for lineage. */
    public static String machine() {
        return "%s %s, %d cores, Java %s"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature());
    }
}
