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
import dev.fovea.inference.InferHandler;
import dev.fovea.inference.InferenceBodies;
import dev.fovea.inference.InferenceCatalog;
import dev.fovea.inference.InferenceController;
import dev.fovea.inference.OpenInferenceService;
import dev.fovea.inference.Readiness;
import dev.fovea.pipeline.request.DataRoots;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** What serves {@link ServingApplication}: the edge, the API, the inference protocol and the metrics. */
@Configuration(proxyBeanMethods = false)
class HttpWiring {

    @Bean
    ModelViews modelViews(ServingApplication application) {
        return new ModelViews(
                application.registry(),
                application.models(),
                application.recorder(),
                application.assistance(),
                application.home().bundles(),
                application.home().evaluations());
    }

    @Bean
    ImagePredictions imagePredictions(Settings settings, ServingApplication application) {
        return new ImagePredictions(settings, application.predictor(), application.router());
    }

    @Bean
    PredictController predictController(ImagePredictions predictions) {
        return new PredictController(predictions);
    }

    @Bean
    RemotesController remotesController(ServingApplication application) {
        return new RemotesController(application.remotes());
    }

    @Bean
    OpenInferenceService openInferenceService(Settings settings, ServingApplication application) {
        return new OpenInferenceService(
                application.predictor(), settings.inference().requestTimeout());
    }

    @Bean
    InferenceCatalog inferenceCatalog(ServingApplication application) {
        return new InferenceCatalog(application.registry(), application.predictor(), application.recorder());
    }

    @Bean
    InferenceBodies inferenceBodies(Settings settings) {
        return new InferenceBodies(settings.limits().maxRequestSize().intBytes());
    }

    @Bean
    InferHandler.InferBackend inferBackend(
            OpenInferenceService inference, ServingApplication application, InferenceBodies bodies) {
        return new InferHandler.InferBackend(inference, application.predictor(), bodies);
    }

    @Bean
    InferenceController inferenceController(
            InferenceCatalog catalog, ServingApplication application, Readiness readiness, InferenceBodies bodies) {
        return new InferenceController(catalog, application.predictor(), readiness, bodies);
    }

    @Bean
    GrpcEndpoint grpcEndpoint(
            Settings settings,
            ApiKeys keys,
            OpenInferenceService inference,
            InferenceCatalog catalog,
            ServingApplication application,
            Readiness readiness) {
        return new GrpcEndpoint(settings, keys, new GrpcService(inference, catalog, application.models(), readiness));
    }

    @Bean
    ModelsController modelsController(ModelViews views, ServingApplication application) {
        return new ModelsController(views, application.releases(), application.recorder());
    }

    @Bean
    VersionsController versionsController(ServingApplication application, ModelViews views) {
        return new VersionsController(application.releases(), application.exports(), views);
    }

    @Bean
    JobEvents jobEvents(ServingApplication application, ObjectProvider<JsonMapper> json) {
        return new JobEvents(application.jobs(), SingletonSupplier.of(json::getObject)::obtain);
    }

    @Bean
    JobsController jobsController(Settings settings, ServingApplication application, JobEvents events) {
        DataRoots roots =
                new DataRoots(settings.datasets().roots(), application.home().datasets());
        return new JobsController(application.jobs(), application.work(), roots, events);
    }

    @Bean
    EvaluationsController evaluationsController(ServingApplication application) {
        return new EvaluationsController(application.home().evaluations(), application.registry());
    }

    @Bean
    StatusController statusController(ServingApplication application) {
        return new StatusController(application.registry(), Clock.systemUTC().instant());
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
    EdgeHandler edge(
            Settings settings,
            ApiKeys keys,
            HttpMetrics http,
            ObjectProvider<ImagePredictions> predictions,
            ObjectProvider<InferHandler.InferBackend> inference,
            ObjectProvider<JsonMapper> json) {
        // made with the web server, before the application: a home that cannot be opened reports its own error
        SingletonSupplier<ImagePredictHandler.Backend> backend =
                SingletonSupplier.of(() -> new ImagePredictHandler.Backend(predictions.getObject(), json.getObject()));
        BodyCoding coding = new BodyCoding(settings.runtime().limits().maxBytes() + FoveaServer.FORM_BYTES);
        return new EdgeHandler(
                new RequestGuard(!settings.auth().apiKeys().isEmpty()),
                keys,
                coding,
                List.of(
                        new ImagePredictHandler(backend::obtain),
                        new InferHandler(SingletonSupplier.of(inference::getObject)::obtain)),
                http);
    }

    @Bean
    PrometheusEndpoint prometheusEndpoint(ServingApplication application, HttpMetrics http) {
        return new PrometheusEndpoint(application.recorder(), application.assistance(), application.remotes(), http);
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
    Uploads uploads(EdgeHandler edge, Settings settings) {
        return new Uploads(edge, settings);
    }
}
