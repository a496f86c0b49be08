package dev.fovea.server;

import dev.fovea.config.Machine;
import dev.fovea.config.ProgramVersion;
import dev.fovea.config.RemotesFile;
import dev.fovea.config.Settings;
import dev.fovea.imaging.Decoder;
import dev.fovea.labels.Labelling;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.drift.DriftWatch;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.JobWorker;
import dev.fovea.pipeline.retention.DifferingImages;
import dev.fovea.registry.ModelVersion;
import dev.fovea.rollout.Rollouts;
import dev.fovea.rollout.experiment.Experiments;
import dev.fovea.server.conditions.DriftConditions;
import dev.fovea.server.conditions.LogConditions;
import dev.fovea.server.conditions.ObjectiveConditions;
import dev.fovea.server.conditions.RolloutConditions;
import dev.fovea.server.conditions.ServerConditions;
import dev.fovea.server.telemetry.TransitionLog;
import dev.fovea.server.telemetry.TuningLog;
import dev.fovea.serving.cache.PredictionCache;
import dev.fovea.serving.cache.SharedCache;
import dev.fovea.serving.pool.BackgroundTuner;
import dev.fovea.serving.pool.HealthCheck;
import dev.fovea.serving.pool.ModelHost;
import dev.fovea.serving.pool.ModelLease;
import dev.fovea.serving.pool.Predictor;
import dev.fovea.serving.pool.Reconciler;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.ServedModels;
import dev.fovea.serving.routing.RemoteInference;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.serving.routing.Router;
import dev.fovea.serving.shadow.ShadowTraffic;
import dev.fovea.storage.Home;
import dev.fovea.storage.RedisCache;
import dev.fovea.storage.ServerLock;
import dev.fovea.traffic.PredictionStream;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.retention.RetentionStatus;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The object graph of a server, below its transports: what {@link Application} has, and what loads models, serves
 * requests and records them. The constructor wires top to bottom and starts no thread that works on its own until
 * {@link #start}. {@link #close} unwinds bottom up: what works in the background stops, the loaded models drain,
 * figures are saved, and the lock and the home close.
 */
public final class ServingApplication extends Application {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");
    private static final Duration FOLLOW_INTERVAL = Duration.ofMillis(250);

    private final Recorder recorder;
    private final AssistanceRecorder assistance = new AssistanceRecorder();
    private final ServiceLevelParts serviceLevels;
    private final ServedModels models;
    private final ShadowTraffic shadowTraffic;
    private final Predictor predictor;
    private final Releases releases;
    private final BackgroundTuner tuner;
    private final Reconciler reconciler;
    private final JobWorker worker;
    private final HealthCheck healthCheck;
    private final Remotes remotes;
    private final RetentionParts retention;
    private final TrafficParts traffic;
    private final RolloutParts.Recorders recorders = RolloutParts.recorders();
    private final RolloutParts rollouts;
    private final DriftWatch drift;
    private final Router router;
    private final Labelling labelling;
    private final AlertParts alertParts;
    private final boolean tunes;

    private ServingApplication(Settings settings, CloseStack closing) {
        super(Home.open(settings.homeSettings(), ProgramVersion.current()), closing);
        var _ = closing.add(home().serverLock(), ServerLock::close);
        String server = JobOwner.current().host() + ":" + settings.server().port();
        this.recorder = closing.add(Recorder.start(home().monitoring(server), clock()), Recorder::close);
        this.serviceLevels = closing.add(new ServiceLevelParts(home(), server, clock()), ServiceLevelParts::close);
        ModelHost host =
                new ModelHost(engine(), settings.runtime(), decodePool(), home().tunings(), Machine.identity(engine()));
        SharedCache sharedCache = closing.add(
                settings.cache().redis().<SharedCache>map(RedisCache::open).orElse(SharedCache.NONE),
                SharedCache::close);
        PredictionCache cache = new PredictionCache(settings.cache().local(), sharedCache);
        this.models = closing.add(
                new ServedModels(registry(), home().bundles(), host, new TransitionLog()), ServedModels::drain);
        this.shadowTraffic = closing.add(
                new ShadowTraffic(
                        home().shadows(), this::candidate, this::isBusy, new DifferingImages(datasets()), clock()),
                ShadowTraffic::close);
        this.predictor = new Predictor(
                models, cache, new PredictionJournal(recorder, serviceLevels.recorder(), recorders), shadowTraffic);
        this.releases = releases(models);
        this.rollouts =
                closing.add(new RolloutParts(home(), registry(), releases, recorders, clock()), RolloutParts::close);
        Duration tuningTimeout = settings.inference().tuningTimeout();
        this.tunes = !tuningTimeout.isZero();
        this.tuner = closing.add(
                new BackgroundTuner(registry(), predictor, host, tuningTimeout, new TuningLog()),
                BackgroundTuner::close);
        this.reconciler = closing.add(
                new Reconciler(registry(), models, new Baselines(recorder, home().evaluations())), Reconciler::close);
        this.worker = closing.add(new JobWorker(jobs(), work()), JobWorker::close);
        this.healthCheck = closing.add(
                new HealthCheck(models, settings.inference().healthCheckInterval(), home()::requireWritable),
                HealthCheck::close);
        this.remotes = closing.add(
                RemotesFile.open(
                        home().root(),
                        registry().models(),
                        home().costs(),
                        System.getenv(),
                        errors -> LOG.error("The others are served; correct and start again: {}", errors)),
                Remotes::close);
        RemoteInference remoteInference =
                new RemoteInference(remotes, new Decoder(settings.runtime().limits()));
        this.drift = closing.add(
                DriftParts.watch(
                        registry(),
                        home(),
                        server + "#" + ProcessHandle.current().pid() + "-" + clock().millis(),
                        clock()),
                DriftWatch::close);
        this.retention = closing.add(new RetentionParts(this), RetentionParts::close);
        this.traffic = closing.add(
                new TrafficParts(registry(), home(), settings.traffic().settings(), clock()), TrafficParts::close);
        traffic.stream().subscribe("Drift detection", drift::add);
        retention.subscribe(traffic.stream());
        this.router = new Router(
                predictor,
                remoteInference,
                new AssistanceJournal(assistance, serviceLevels.recorder(), traffic.stream()));
        this.labelling = labelling(new ServedPrefills(router, registry()));
        this.alertParts = closing.add(
                AlertParts.of(
                        home(),
                        List.of(
                                new ServerConditions(server, models, healthCheck, recorder, clock()),
                                new LogConditions(server, traffic.stream()::counts, traffic.log()::status, clock()),
                                new RolloutConditions(registry(), rollouts.rollouts(), clock()),
                                new DriftConditions(registry(), drift(), clock()),
                                new ObjectiveConditions(serviceLevels.burns(), clock()),
                                AccuracyParts.conditions(this)),
                        clock()),
                AlertParts::close);
    }

    /** Wires everything; what was made is closed again when a part cannot be made. Errors are those of the rooms. */
    public static ServingApplication open(Settings settings) {
        CloseStack closing = new CloseStack();
        try {
            return new ServingApplication(settings, closing);
        } catch (RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    /** Reports interrupted jobs, loads and validates the models, then starts what works in the background. */
    void start() {
        for (Job job : jobs().recover()) {
            LOG.warn(
                    "{} of {} was interrupted; to start it again: fovea jobs restart {}",
                    job.request().work(),
                    job.request().subject(),
                    job.id());
        }
        serviceLevels.recorder().start();
        reconciler.start(FOLLOW_INTERVAL);
        healthCheck.start();
        worker.start();
        shadowTraffic.start();
        rollouts.start();
        alertParts.start();
        drift.start();
        retention.start();
        if (tunes) {
            tuner.start();
        }
    }

    /** Promotes, archives and deletes; this server follows before a call returns. */
    @Override
    public Releases releases() {
        return releases;
    }

    /** Staged rollouts; this server follows before a call returns. */
    @Override
    public Rollouts rollouts() {
        return rollouts.rollouts();
    }

    /** Experiments; this server follows before a call returns. */
    @Override
    public Experiments experiments() {
        return rollouts.experiments();
    }

    /** Labelling by people, with predictions of the served models. */
    @Override
    public Labelling labelling() {
        return labelling;
    }

    /**
     * Use of a served model. A version that is not loaded is loaded once for all uses, and retired when nothing used it
     * for five minutes and it is not in production; {@link #close} retires the others.
     */
    @Override
    ModelLease lease(ModelVersion version) {
        return predictor.lease(version.id());
    }

    /** Who watches, and who is told. */
    public AlertParts alertParts() {
        return alertParts;
    }

    /** Counts and latencies of each version. */
    public Recorder recorder() {
        return recorder;
    }

    /** Counts for the history of service levels, and error budgets. */
    ServiceLevelParts serviceLevels() {
        return serviceLevels;
    }

    /** Counts of cascades and fallbacks. */
    public AssistanceRecorder assistance() {
        return assistance;
    }

    /** The models that this process serves. */
    public ServedModels models() {
        return models;
    }

    private boolean isBusy() {
        return predictor.isBusy();
    }

    /** Mirrors requests to versions in shadow. */
    public ShadowTraffic shadowTraffic() {
        return shadowTraffic;
    }

    /** Predicts with the served models. */
    public Predictor predictor() {
        return predictor;
    }

    /** Predicts with cascades, fallbacks and remote models. */
    public Router router() {
        return router;
    }

    /** Responses on their way to those that keep and watch them. */
    public PredictionStream stream() {
        return traffic.stream();
    }

    /** The prediction log. */
    public TrafficLog trafficLog() {
        return traffic.log();
    }

    /** Watches for drift. */
    DriftWatch driftWatch() {
        return drift;
    }

    /** How the retention of images does. */
    RetentionStatus retentionStatus() {
        return retention.status();
    }

    /** The configured remote models. */
    public Remotes remotes() {
        return remotes;
    }

    /** Whether the models respond and the home can be written. */
    public HealthCheck healthCheck() {
        return healthCheck;
    }
}
