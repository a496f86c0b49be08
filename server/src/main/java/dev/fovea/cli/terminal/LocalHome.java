package dev.fovea.cli.terminal;

import dev.fovea.config.ProgramVersion;
import dev.fovea.config.RemoteEntry;
import dev.fovea.config.RemotesFile;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.JobJournal;
import dev.fovea.pipeline.jobs.JobOwner;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionExport;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import dev.fovea.server.HomeJobs;
import dev.fovea.serving.routing.Declarations;
import dev.fovea.storage.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;

/** A home opened by a command that runs without the server; a running server sees what it changes within a second. */
public final class LocalHome implements AutoCloseable {

    private final Home home;
    private final Registry registry;
    private final JobJournal journal;

    private LocalHome(Home home) {
        this.home = home;
        this.registry = new Registry(home.models(), Clock.systemUTC());
        this.journal = new JobJournal(home.jobs(), JobOwner.current(), Clock.systemUTC());
    }

    /** A home that is no command's own business to report on. */
    public static LocalHome open(Path home) {
        return new LocalHome(Home.open(home, ProgramVersion.current()));
    }

    /** A command's home, saying on the terminal which work an earlier process did not finish. */
    public static LocalHome open(HomeOption option, Terminal terminal) {
        LocalHome local = open(option.path());
        local.journal
                .recover()
                .forEach(job -> terminal.note("%s of %s was cut off (started %s); start it again."
                        .formatted(job.kind(), job.subject(), job.started())));
        return local;
    }

    /** Ends on record what a child of this process was stopped in; the caller tells of it in its own words. */
    public static void reportCutOff(HomeOption option) {
        try (LocalHome local = open(option.path())) {
            local.journal.recover();
        }
    }

    public Registry registry() {
        return registry;
    }

    public Home home() {
        return home;
    }

    /** The version stated, else the one in production; {@code MODEL_NOT_SERVED} when there is neither. */
    public ModelVersion version(String name, Optional<Integer> stated) {
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
    public ModelVersion active(String name, Optional<Integer> stated) {
        return registry.model(name).active(version(name, stated).number());
    }

    /** Deletes versions; a running server retires them. */
    public VersionDeletion deletion() {
        return new VersionDeletion(registry, home.leftovers());
    }

    /** Hands versions out. */
    public VersionExport export() {
        return new VersionExport(registry, home.bundles());
    }

    /** Declares cascades and fallbacks, also to services whose keys this process does not have. */
    public Declarations declarations() {
        return new Declarations(
                registry,
                home.bundles(),
                RemotesFile.read(home.root()).stream()
                        .collect(Collectors.toMap(RemoteEntry::name, RemoteEntry::labels)),
                Clock.systemUTC());
    }

    /** The person at this machine, with a reason. */
    public static Declarations.Author author(ReasonOption reason) {
        return new Declarations.Author(HomeJobs.who(), reason.text());
    }

    /** Tools for long work; the workers are the caller's to close. */
    public JobTools workshop(Engine engine, DecodePool workers) {
        return HomeJobs.tools(home, registry, journal, engine, workers);
    }

    @Override
    public void close() {
        home.close();
    }
}
