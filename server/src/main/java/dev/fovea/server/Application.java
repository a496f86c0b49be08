package dev.fovea.server;

import dev.fovea.config.Machine;
import dev.fovea.config.ProgramVersion;
import dev.fovea.config.RemoteEntry;
import dev.fovea.config.RemotesFile;
import dev.fovea.config.SettingsReader;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.queue.LabelStores;
import dev.fovea.labels.queue.PrefillModel;
import dev.fovea.model.Bundle;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.ModelImport;
import dev.fovea.pipeline.ModelTuning;
import dev.fovea.pipeline.cascade.CascadePlanning;
import dev.fovea.pipeline.curation.BlurRequest;
import dev.fovea.pipeline.curation.DatasetCheck;
import dev.fovea.pipeline.curation.DesignEvidence;
import dev.fovea.pipeline.curation.DetectedRegions;
import dev.fovea.pipeline.evaluation.ModelComparison;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.jobs.ImageLearners;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.Provenance;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.retention.DifferingImages;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionExport;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.Rollouts;
import dev.fovea.rollout.experiment.Experiments;
import dev.fovea.runtime.BackgroundModel;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.serving.pool.ModelLease;
import dev.fovea.serving.pool.ReleaseHost;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.ValidationHost;
import dev.fovea.serving.routing.Declarations;
import dev.fovea.serving.shadow.Shadows;
import dev.fovea.storage.Home;
import dev.fovea.storage.HomeCopy;
import dev.fovea.storage.HomeSettings;
import dev.fovea.storage.ServerLock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The object graph of the program, and the only place where it is built; {@link ServingApplication} adds what a server
 * needs. Natives are loaded when they are first used, so that a command that lists models loads no runtime. Any thread
 * may take parts; {@link #close} closes what was made, the newest first.
 */
public sealed class Application implements AutoCloseable permits ServingApplication {

    private final CloseStack closing;
    private final Home home;
    private final Clock clock = Clock.systemUTC();
    private final Registry registry;
    private final Jobs jobs;
    private Optional<DecodePool> decodePool = Optional.empty(); // guarded by this

    Application(Home home, CloseStack closing) {
        this.closing = closing;
        this.home = closing.add(home, Home::close);
        this.registry = new Registry(home.models(), clock);
        this.jobs = closing.add(new Jobs(home.jobs(), JobOwner.current(), clock), Jobs::close);
    }

    /** On a home, with the settings of a command; the errors of {@link Home#open}. */
    public static Application open(Path home) {
        return new Application(
                Home.open(SettingsReader.readHome(home, System.getenv()), ProgramVersion.current()), new CloseStack());
    }

    /** The person at this machine, for the audit trail. */
    public static String user() {
        return System.getProperty("user.name", "unknown");
    }

    public final Home home() {
        return home;
    }

    public final Registry registry() {
        return registry;
    }

    /** The jobs of the home. */
    public final Jobs jobs() {
        return jobs;
    }

    final Clock clock() {
        return clock;
    }

    /** Opens ONNX Runtime. */
    public final Engine engine() {
        return Engine.open();
    }

    /** The threads that decode images. */
    public final synchronized DecodePool decodePool() {
        DecodePool pool = decodePool.orElseGet(() -> closing.add(DecodePool.forThisMachine(), DecodePool::close));
        decodePool = Optional.of(pool);
        return pool;
    }

    /** Promotes, archives and deletes; a running server follows. */
    public Releases releases() {
        return releases(new ValidationHost(registry, home.bundles(), this::engine, this::decodePool));
    }

    /** The same on the host that validates versions. */
    final Releases releases(ReleaseHost host) {
        return new Releases(registry, host, new VersionDeletion(registry, home.leftovers()));
    }

    /** Whether traffic has changed; running servers follow. */
    public final Drift drift() {
        return DriftParts.drift(registry, home, clock);
    }

    /** Versions in shadow; running servers follow. */
    public final Shadows shadows() {
        return new Shadows(registry, home.shadows(), this::candidate, new DifferingImages(datasets()), clock);
    }

    /** A version for a shadow; the caller closes it. */
    final BackgroundModel candidate(VersionId id) {
        ModelVersion version = registry.model(id.model()).active(id.version());
        return BackgroundModel.open(
                engine(), home.bundles().bundle(version.bundleId()), RuntimeSettings.forThisMachine());
    }

    /** Staged rollouts; running servers follow. */
    public Rollouts rollouts() {
        return RolloutParts.rollouts(home, registry, releases(), clock);
    }

    public Experiments experiments() {
        return RolloutParts.experiments(home, registry, releases(), clock);
    }

    /** Exports versions. */
    public VersionExport exports() {
        return new VersionExport(registry, home.bundles());
    }

    /** Curated data sets. */
    public Datasets datasets() {
        return new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                new ImageLearners(registry, home.datasets(), home.bundles(), this::deleteCopies),
                RuntimeSettings.forThisMachine().limits(),
                clock);
    }

    /** Labelling by people; without predictions that are filled in. */
    public Labelling labelling() {
        return labelling(PrefillModel.NONE);
    }

    /** The same with predictions. */
    final Labelling labelling(PrefillModel model) {
        return new Labelling(
                datasets(),
                new LabelStores(home.labels(), home.pilots(), home.confirmations()),
                model,
                clock,
                new SecureRandom());
    }

    /** Checks curated data sets. */
    public DatasetCheck datasetCheck() {
        return new DatasetCheck(tools(), datasets(), labelling());
    }

    /** The detector that finds what is blurred in images that come in; the caller closes it. */
    public final DetectedRegions regions(BlurRequest request) {
        return DetectedRegions.open(tools(), request, this::lease);
    }

    /** Use of a version, which is loaded for it and closed with it. */
    ModelLease lease(ModelVersion version) {
        return ModelLease.owning(load(home.bundles().bundle(version.bundleId())));
    }

    /** What embeddings say about the design of curated data sets. */
    public DesignEvidence designEvidence() {
        return new DesignEvidence(tools(), datasets());
    }

    private void deleteCopies() {
        home.leftovers().remove();
        DatasetCheckout.clear(checkedOut());
        DatasetCheckout.clear(JobTools.featureCache(home.root()));
    }

    /** Where versions of curated data sets are written for jobs. */
    private Path checkedOut() {
        return home.root().resolve("cache").resolve("datasets");
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

    /** What each kind of job does. */
    public JobWork work() {
        return new JobWork(
                tools(),
                this::tuning,
                this::cascades,
                (request, progress) -> ImportProcess.run(home.root(), request, progress),
                checkout(),
                this::datasetCheck);
    }

    /** Folders for curated data sets that are stated where a folder may be. */
    public DatasetCheckout checkout() {
        return new DatasetCheckout(datasets(), checkedOut(), user());
    }

    /** Imports ONNX files. */
    public ModelImport imports() {
        return new ModelImport(tools());
    }

    /** Compares versions. */
    public ModelComparison comparisons() {
        return new ModelComparison(tools());
    }

    /** Measures how versions run best on this machine. */
    public ModelTuning tuning() {
        JobTools tools = tools();
        return new ModelTuning(tools, home.tunings(), Machine.identity(tools.engine()));
    }

    /** Plans cascades. */
    public CascadePlanning cascades() {
        return new CascadePlanning(tools(), declarations(), name -> RemoteParts.remote(home, name));
    }

    /** A version, loaded for this process alone; the caller closes it. Errors as of {@link LoadedModel#load}. */
    public LoadedModel load(Bundle bundle) {
        return LoadedModel.load(engine(), bundle, RuntimeSettings.forThisMachine(), decodePool(), () -> {});
    }

    /** Copies the home to an empty one, and compares them. */
    public HomeCopy.CopyReport copyTo(HomeSettings target, HomeCopy.CopyProgress progress) {
        try (ServerLock _ = home.serverLock();
                Home copy = Home.open(target, ProgramVersion.current())) {
            return new HomeCopy(home, copy, progress).run();
        }
    }

    /** What jobs work with. */
    public JobTools tools() {
        return new JobTools(
                registry,
                releases(),
                new JobTools.Stores(
                        home.bundles(),
                        home.datasets(),
                        home.evaluations(),
                        home.embeddings(),
                        home.runs(),
                        home::scratch,
                        // large and always the same, so that all homes of a user share it
                        Path.of(System.getProperty("user.home"), ".cache", "fovea", "engine"),
                        home.root()),
                engine(),
                decodePool(),
                new Provenance(ProgramVersion.current(), ProgramVersion.machine(), user()));
    }

    @Override
    public final void close() {
        closing.close();
    }
}
