package dev.fovea.server;

import dev.fovea.api.ApiDocument;
import dev.fovea.api.ConsoleController;
import dev.fovea.api.DocsController;
import dev.fovea.api.EvaluationsController;
import dev.fovea.api.ImagePredictHandler;
import dev.fovea.api.ImagePredictions;
import dev.fovea.api.JobEvents;
import dev.fovea.api.JobsController;
import dev.fovea.api.ModelsController;
import dev.fovea.api.PredictController;
import dev.fovea.api.QueryCheck;
import dev.fovea.api.RemotesController;
import dev.fovea.api.StatusController;
import dev.fovea.api.VersionsController;
import dev.fovea.api.view.ModelViews;
import dev.fovea.config.Settings;
import dev.fovea.edge.ApiKeys;
import dev.fovea.edge.BodyCoding;
import dev.fovea.edge.EdgeHandler;
import dev.fovea.edge.HttpMetrics;
import dev.fovea.edge.ProblemMapper;
import dev.fovea.edge.RateLimit;
import dev.fovea.edge.RequestGuard;
import dev.fovea.edge.Uploads;
import dev.fovea.inference.GrpcEndpoint;
import dev.fovea.inference.GrpcService;
import dev.fovea.inference.InferenceBodies;
import dev.fovea.inference.InferenceCatalog;
import dev.fovea.inference.InferenceController;
import dev.fovea.inference.OpenInferenceService;
import dev.fovea.inference.Readiness;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.Recorder;
import dev.fovea.pipeline.JobWork;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.pipeline.request.DataRoots;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionExport;
import dev.fovea.serving.pool.Predictor;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.ServedModels;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.serving.routing.Router;
import dev.fovea.storage.Home;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** What serves the object graph of {@link Wiring}: the edge, the API, the inference protocol and the metrics. */
@Configuration(proxyBeanMethods = false)
class HttpWiring {

    @Bean
    ModelViews modelViews(
            Registry registry, ServedModels models, Recorder recorder, AssistanceRecorder assistance, Home home) {
        return new ModelViews(registry, models, recorder, assistance, home.bundles(), home.evaluations());
    }

    @Bean
    ImagePredictions imageAnswers(Settings settings, Predictor predictor, Router dispatcher) {
        return new ImagePredictions(settings, predictor, dispatcher);
    }

    @Bean
    PredictController predictController(ImagePredictions answers) {
        return new PredictController(answers);
    }

    @Bean
    RemotesController remotesController(Remotes remotes) {
        return new RemotesController(remotes);
    }

    @Bean
    OpenInferenceService openInference(Settings settings, Predictor predictor) {
        return new OpenInferenceService(predictor, settings.inference().requestTimeout());
    }

    @Bean
    InferenceCatalog inferenceCatalog(Registry registry, Predictor predictor, Recorder recorder) {
        return new InferenceCatalog(registry, predictor, recorder);
    }

    @Bean
    InferenceController inferenceController(
            Settings settings,
            OpenInferenceService inference,
            InferenceCatalog catalog,
            Predictor predictor,
            Readiness readiness) {
        return new InferenceController(
                inference,
                catalog,
                predictor,
                readiness,
                new InferenceBodies(settings.limits().maxRequestSize().intBytes()));
    }

    @Bean
    GrpcEndpoint grpcEndpoint(
            Settings settings,
            ApiKeys keys,
            OpenInferenceService inference,
            InferenceCatalog catalog,
            ServedModels models,
            Readiness readiness) {
        return new GrpcEndpoint(settings, keys, new GrpcService(inference, catalog, models, readiness));
    }

    @Bean
    ModelsController modelsController(ModelViews views, Releases releases, Recorder recorder) {
        return new ModelsController(views, releases, recorder);
    }

    @Bean
    VersionsController versionsController(Registry registry, Home home, Releases releases, ModelViews views) {
        return new VersionsController(releases, new VersionExport(registry, home.bundles()), views);
    }

    @Bean
    JobEvents jobEvents(Jobs jobs, ObjectProvider<JsonMapper> json) {
        return new JobEvents(jobs, SingletonSupplier.of(json::getObject)::obtain);
    }

    @Bean
    JobsController jobsController(Settings settings, Home home, Jobs jobs, JobWork work, JobEvents events) {
        return new JobsController(jobs, work, new DataRoots(settings.datasets().roots(), home.datasets()), events);
    }

    @Bean
    EvaluationsController evaluationsController(Home home, Registry registry) {
        return new EvaluationsController(home.evaluations(), registry);
    }

    @Bean
    StatusController statusController(Registry registry) {
        return new StatusController(registry, Clock.systemUTC().instant());
    }

    @Bean
    ConsoleController consoleController() {
        return new ConsoleController();
    }

    @Bean
    DocsController docsController() {
        return new DocsController();
    }

    @Bean
    ProblemMapper problemMapper() {
        return new ProblemMapper();
    }

    @Bean
    ApiKeys apiKeys(Settings settings) {
        return new ApiKeys(
                settings.auth().apiKeys(), new RateLimit(settings.auth().rateLimit()));
    }

    @Bean
    HttpMetrics httpMetrics() {
        return new HttpMetrics();
    }

    @Bean
    EdgeHandler frontDoor(
            Settings settings,
            ApiKeys keys,
            HttpMetrics http,
            ObjectProvider<ImagePredictions> answers,
            ObjectProvider<JsonMapper> json) {
        // this is made with the web server, before a home that cannot be opened could say so itself
        SingletonSupplier<ImagePredictHandler.Parts> parts =
                SingletonSupplier.of(() -> new ImagePredictHandler.Parts(answers.getObject(), json.getObject()));
        BodyCoding coding = new BodyCoding(settings.runtime().limits().maxBytes() + FoveaServer.FORM_BYTES);
        return new EdgeHandler(
                new RequestGuard(!settings.auth().apiKeys().isEmpty()),
                keys,
                coding,
                new ImagePredictHandler(parts::obtain),
                http);
    }

    @Bean
    PrometheusEndpoint prometheusEndpoint(
            Recorder recorder, AssistanceRecorder assistance, Remotes remotes, HttpMetrics http) {
        return new PrometheusEndpoint(recorder, assistance, remotes, http);
    }

    @Bean
    ApiDocument apiDocument() {
        return new ApiDocument();
    }

    @Bean
    QueryCheck queryCheck() {
        return new QueryCheck();
    }

    @Bean
    Uploads uploads(EdgeHandler door, Settings settings) {
        return new Uploads(door, settings);
    }
}
