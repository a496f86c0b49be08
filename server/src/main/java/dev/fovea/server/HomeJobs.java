package dev.fovea.server;

import dev.fovea.config.ProgramVersion;
import dev.fovea.pipeline.jobs.JobJournal;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.Provenance;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import dev.fovea.storage.Home;
import java.nio.file.Path;

/** What jobs in a home are done with, the same for the command line and the server. */
public final class HomeJobs {

    private HomeJobs() {}

    /** Tools for long work in a home. */
    public static JobTools tools(Home home, Registry registry, JobJournal journal, Engine engine, DecodePool workers) {
        return new JobTools(
                registry,
                home.bundles(),
                home.datasets(),
                home.evaluations(),
                journal,
                home::scratch,
                engineCache(),
                engine,
                workers,
                new Provenance(ProgramVersion.current(), ProgramVersion.machine(), who()));
    }

    /** The person at this machine, for the trail. */
    public static String who() {
        return System.getProperty("user.name", "unknown");
    }

    /** Shared by all homes of a user, for it is large and always the same. */
    private static Path engineCache() {
        return Path.of(System.getProperty("user.home"), ".cache", "fovea", "engine");
    }
}
