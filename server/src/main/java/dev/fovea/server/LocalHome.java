package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.JobJournal;
import dev.fovea.pipeline.JobOwner;
import dev.fovea.pipeline.Provenance;
import dev.fovea.pipeline.JobTools;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionExport;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.DecodePool;
import dev.fovea.serving.Declarations;
import dev.fovea.storage.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;

/** A home opened by a command that runs without the server; a running server sees what it changes within a second. */
final class LocalHome implements AutoCloseable {

    private final Home home;
    private final Registry registry;
    private final JobJournal journal;

    private LocalHome(Home home) {
        this.home = home;
        this.registry = new Registry(home.models(), Clock.systemUTC());
        this.journal = new JobJournal(home.jobs(), JobOwner.current(), Clock.systemUTC());
    }

    /** A home that is no command's own business to report on. */
    static LocalHome open(Path home) {
        return new LocalHome(Home.open(home, ProgramVersion.current()));
    }

    /** A command's home, saying on the terminal which work an earlier process did not finish. */
    static LocalHome open(HomeOption option, Terminal terminal) {
        LocalHome local = open(option.path());
        local.journal
                .recover()
                .forEach(job -> terminal.note("%s of %s was cut off (started %s); start it again."
                        .formatted(job.kind(), job.subject(), job.started())));
        return local;
    }

    /** Ends on record what a child of this process was stopped in; the caller tells of it in its own words. */
    static void reportCutOff(HomeOption option) {
        try (LocalHome local = open(option.path())) {
            local.journal.recover();
        }
    }

    Registry registry() {
        return registry;
    }

    Home home() {
        return home;
    }

    /** The version stated, else the one in production; {@code MODEL_NOT_SERVED} when there is neither. */
    ModelVersion version(String name, Optional<Integer> stated) {
        RegisteredModel model = registry.model(name);
        return stated.map(model::version)
                .or(() -> model.alias(Alias.PRODUCTION))
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_NOT_SERVED,
                        "%s has no version in production. Name one, or promote one: fovea promote %s %d."
                                .formatted(
                                        name,
                                        name,
                                        model.latest().map(ModelVersion::number).orElse(1))));
    }

    /** The same, of versions that give predictions: not of an archived one. */
    ModelVersion active(String name, Optional<Integer> stated) {
        return registry.model(name).active(version(name, stated).number());
    }

    /** Deletes versions; a running server retires them. */
    VersionDeletion deletion() {
        return new VersionDeletion(registry, home.leftovers());
    }

    /** Hands versions out. */
    VersionExport export() {
        return new VersionExport(registry, home.bundles());
    }

    /** Declares cascades and fallbacks, also to services whose keys this process does not have. */
    Declarations declarations() {
        return new Declarations(
                registry,
                home.bundles(),
                RemotesFile.read(home.root()).stream()
                        .collect(Collectors.toMap(RemoteEntry::name, RemoteEntry::labels)),
                Clock.systemUTC());
    }

    /** The person at this machine, with a reason. */
    static Declarations.Author author(ReasonOption reason) {
        return new Declarations.Author(who(), reason.text());
    }

    /** Tools for long work; the workers are the caller's to close. */
    JobTools workshop(Engine engine, DecodePool workers) {
        return workshop(home, registry, journal, engine, workers);
    }

    /** Tools for long work in a home. */
    static JobTools workshop(Home home, Registry registry, JobJournal journal, Engine engine, DecodePool workers) {
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
    static String who() {
        return System.getProperty("user.name", "unknown");
    }

    /** Shared by all homes of a user, for it is large and always the same. */
    private static Path engineCache() {
        return Path.of(System.getProperty("user.home"), ".cache", "fovea", "engine");
    }

    @Override
    public void close() {
        home.close();
    }
}
