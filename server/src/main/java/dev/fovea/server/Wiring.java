package dev.fovea.server;

import dev.fovea.config.Machine;
import dev.fovea.config.RemotesFile;
import dev.fovea.config.Settings;
import dev.fovea.imaging.Decoder;
import dev.fovea.inference.Readiness;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.alerts.AlertRule;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.JobWorker;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import dev.fovea.serving.cache.PredictionCache;
import dev.fovea.serving.cache.SharedCache;
import dev.fovea.serving.pool.BackgroundTuner;
import dev.fovea.serving.pool.HealthCheck;
import dev.fovea.serving.pool.ModelHost;
import dev.fovea.serving.pool.Predictor;
import dev.fovea.serving.pool.Reconciler;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.ServedModels;
import dev.fovea.serving.routing.RemoteInference;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.serving.routing.Router;
import dev.fovea.storage.Home;
import dev.fovea.storage.RedisCache;
import dev.fovea.storage.ServerLock;
import java.time.Clock;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The object graph below the transports, top to bottom; Spring closes it from the bottom up. {@link Settings} is put in
 * by {@link FoveaServer}, the transports by {@link HttpWiring}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
class Wiring {

    @Bean
    Application application(Settings settings) {
        return Application.open(settings);
    }

    @Bean(destroyMethod = "")
    Home home(Application application) {
        return application.home();
    }

    @Bean
    ServerLock serverLock(Home home) {
        return home.serverLock();
    }

    @Bean
    Registry registry(Application application) {
        return application.registry();
    }

    @Bean(destroyMethod = "")
    Jobs jobs(Application application) {
        return application.jobs();
    }

    @Bean
    Recorder recorder(Settings settings, Home home) {
        return Recorder.start(
                home.monitoring(
                        JobOwner.current().host() + ":" + settings.server().port()),
                AlertRule.DEFAULT,
                Clock.systemUTC());
    }

    @Bean
    DecodePool workers() {
        return DecodePool.forThisMachine();
    }

    @Bean
    PredictionJournal predictionJournal(Recorder recorder) {
        return new PredictionJournal(recorder);
    }

    @Bean
    ModelHost modelHost(Settings settings, Home home, DecodePool workers) {
        Engine engine = Engine.open();
        return new ModelHost(engine, settings.runtime(), workers, home.tunings(), Machine.identity(engine));
    }

    @Bean
    SharedCache sharedAnswers(Settings settings) {
        return settings.cache().redis().<SharedCache>map(RedisCache::open).orElse(SharedCache.NONE);
    }

    @Bean
    PredictionCache predictionCache(Settings settings, SharedCache shared) {
        return new PredictionCache(settings.cache().local(), shared);
    }

    @Bean(destroyMethod = "drain")
    ServedModels servedModels(Registry registry, Home home, ModelHost host) {
        return new ServedModels(registry, home.bundles(), host, new TransitionLog());
    }

    @Bean
    Predictor predictor(ServedModels models, PredictionCache cache, PredictionJournal journal) {
        return new Predictor(models, cache, journal);
    }

    @Bean
    BackgroundTuner backgroundTuner(Settings settings, Registry registry, Predictor predictor, ModelHost host) {
        return new BackgroundTuner(
                registry, predictor, host, settings.inference().tuningTimeout(), new TuningLog());
    }

    @Bean
    Releases releases(Registry registry, ServedModels models, Home home) {
        return new Releases(registry, models, new VersionDeletion(registry, home.leftovers()));
    }

    @Bean
    Reconciler reconciler(Registry registry, ServedModels models, Recorder recorder, Home home) {
        return new Reconciler(registry, models, new Baselines(recorder, home.evaluations()));
    }

    @Bean
    StartUp startUp(
            Settings settings,
            Jobs jobs,
            JobWorker worker,
            Reconciler reconciler,
            HealthCheck health,
            BackgroundTuner tuner) {
        return new StartUp(jobs, reconciler, health, () -> {
            worker.start();
            if (!settings.inference().tuningTimeout().isZero()) {
                tuner.start();
            }
        });
    }

    @Bean
    Remotes remotes(Registry registry, Home home) {
        return RemotesFile.open(
                home.root(),
                registry.models(),
                home.costs(),
                System.getenv(),
                trouble -> LoggerFactory.getLogger("fovea")
                        .error("The others are served; correct and start again: {}", trouble));
    }

    @Bean
    AssistanceRecorder assistanceRecorder() {
        return new AssistanceRecorder();
    }

    @Bean
    Router dispatcher(Settings settings, Predictor predictor, Remotes remotes, AssistanceRecorder assistance) {
        RemoteInference elsewhere =
                new RemoteInference(remotes, new Decoder(settings.runtime().limits()));
        return new Router(predictor, elsewhere, new AssistanceJournal(assistance));
    }

    @Bean
    JobWork jobWork(Application application, Releases releases, ModelHost host) {
        return application.work(application.tools(releases, host.engine(), host.workers()));
    }

    @Bean
    JobWorker jobWorker(Jobs jobs, JobWork work) {
        return new JobWorker(jobs, work);
    }

    @Bean
    HealthCheck healthCheck(Settings settings, ServedModels models, Home home) {
        return new HealthCheck(models, settings.inference().healthCheckInterval(), home::requireWritable);
    }

    @Bean
    ModelsHealth modelsHealthIndicator(ServedModels models) {
        return new ModelsHealth(models);
    }

    @Bean
    StorageHealth storageHealthIndicator(HealthCheck check) {
        return new StorageHealth(check);
    }

    @Bean
    Readiness readiness(ApplicationAvailability availability, ServedModels models) {
        return new Readiness(availability, models);
    }

    @Bean
    InstancesHealth instancesHealthIndicator(ServedModels models) {
        return new InstancesHealth(models);
    }
}
