package dev.fovea.server;

import dev.fovea.config.KeyRing;
import dev.fovea.config.Machine;
import dev.fovea.config.ProgramVersion;
import dev.fovea.config.RemoteEntry;
import dev.fovea.config.RemotesFile;
import dev.fovea.config.Settings;
import dev.fovea.config.SettingsReader;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.ModelTuning;
import dev.fovea.pipeline.cascade.CascadePlanning;
import dev.fovea.pipeline.cascade.PricedRemote;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.Provenance;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionExport;
import dev.fovea.remote.RemoteModel;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.ValidationHost;
import dev.fovea.serving.routing.Declarations;
import dev.fovea.serving.routing.ServedRemote;
import dev.fovea.storage.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The object graph of the program. A part is made when it is first used, so that a command that lists models loads no
 * runtime; {@link #close} closes what was made, the newest first. Any thread may ask for parts.
 */
public final class Application implements AutoCloseable {

    private final Deque<Runnable> closing = new ArrayDeque<>(); // guarded by this

    private final Home home;
    private final Clock clock = Clock.systemUTC();
    private final Supplier<DecodePool> workers = part(DecodePool::forThisMachine, DecodePool::close);
    private final Registry registry;
    private final Jobs jobs;

    private Application(Home home) {
        this.home = home;
        this.registry = new Registry(home.models(), clock);
        this.jobs = new Jobs(home.jobs(), JobOwner.current(), clock);
        closing.push(jobs::close);
    }

    /** On a home, with the settings of a command; the errors of {@link Home#open}. */
    public static Application open(Path home) {
        return new Application(Home.open(SettingsReader.readHome(home, System.getenv()), ProgramVersion.current()));
    }

    /** On the home of a server. */
    static Application open(Settings settings) {
        return new Application(Home.open(settings.homeSettings(), ProgramVersion.current()));
    }

    /** The person at this machine, for the audit trail. */
    public static String user() {
        return System.getProperty("user.name", "unknown");
    }

    public Home home() {
        return home;
    }

    public Registry registry() {
        return registry;
    }

    /** The jobs of the home. */
    public Jobs jobs() {
        return jobs;
    }

    /** Opens ONNX Runtime. */
    public Engine engine() {
        return Engine.open();
    }

    /** The threads that decode images. */
    public DecodePool workers() {
        return workers.get();
    }

    /** Promotes, archives and deletes; a running server follows. */
    public Releases releases() {
        return new Releases(
                registry,
                new ValidationHost(registry, home.bundles(), this::engine, workers),
                new VersionDeletion(registry, home.leftovers()));
    }

    /** Hands versions out. */
    public VersionExport exports() {
        return new VersionExport(registry, home.bundles());
    }

    /** Declares cascades and fallbacks, also to services whose keys this process does not have. */
    public Declarations declarations() {
        return new Declarations(
                registry,
                home.bundles(),
                RemotesFile.read(home.root()).stream()
                        .collect(Collectors.toMap(RemoteEntry::name, RemoteEntry::labels)),
                clock);
    }

    /** What jobs work with. */
    public JobTools tools() {
        return tools(releases(), engine(), workers());
    }

    /** What each kind of job does. */
    public JobWork work() {
        return work(tools());
    }

    /** Measures how versions run best on this machine. */
    public ModelTuning tuning() {
        return tuning(tools());
    }

    /** Plans cascades. */
    public CascadePlanning cascades() {
        return cascades(tools());
    }

    private ModelTuning tuning(JobTools tools) {
        return new ModelTuning(tools, home.tunings(), Machine.identity(tools.engine()));
    }

    private CascadePlanning cascades(JobTools tools) {
        return new CascadePlanning(tools, declarations(), this::remote);
    }

    JobTools tools(Releases releases, Engine engine, DecodePool workers) {
        return new JobTools(
                registry,
                releases,
                new JobTools.Stores(home.bundles(), home.datasets(), home.evaluations(), home::scratch, engineCache()),
                engine,
                workers,
                new Provenance(ProgramVersion.current(), ProgramVersion.machine(), user()));
    }

    JobWork work(JobTools tools) {
        return new JobWork(
                tools,
                () -> tuning(tools),
                () -> cascades(tools),
                (request, progress) -> ImportProcess.run(home.root(), request, progress));
    }

    /** A configured service; its calls go on its own record. */
    private PricedRemote remote(String name) {
        RemoteEntry entry = RemotesFile.read(home.root()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        RemoteModel model = RemoteModel.open(entry.settings(new KeyRing(System.getenv())), home.costs(), clock);
        return new PricedRemote(new ServedRemote(name, entry.labels(), model, entry.fallback()), entry.budget());
    }

    /** Shared by all homes of a user, for it is large and always the same. */
    private static Path engineCache() {
        return Path.of(System.getProperty("user.home"), ".cache", "fovea", "engine");
    }

    /** Made once, when it is first used, and closed with the application. */
    private <T> Supplier<T> part(Supplier<T> make, Consumer<T> close) {
        return new Part<>(make, close);
    }

    private final class Part<T> implements Supplier<T> {
        private final Supplier<T> make;
        private final Consumer<T> close;
        private volatile Optional<T> made = Optional.empty();

        Part(Supplier<T> make, Consumer<T> close) {
            this.make = make;
            this.close = close;
        }

        @Override
        public T get() {
            return made.orElseGet(this::makeOnce);
        }

        private T makeOnce() {
            synchronized (Application.this) {
                if (made.isEmpty()) {
                    T value = make.get();
                    closing.push(() -> close.accept(value));
                    made = Optional.of(value);
                }
                return made.orElseThrow();
            }
        }
    }

    @Override
    public synchronized void close() {
        closing.forEach(Runnable::run);
        closing.clear();
        home.close();
    }
}
