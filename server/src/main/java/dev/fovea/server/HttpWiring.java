package dev.fovea.server;

import dev.fovea.api.ApiDocumentController;
import dev.fovea.api.ConsoleController;
import dev.fovea.api.DocsController;
import dev.fovea.api.DriftController;
import dev.fovea.api.EvaluationsController;
import dev.fovea.api.ExperimentsController;
import dev.fovea.api.ImagePredictions;
import dev.fovea.api.JobEvents;
import dev.fovea.api.JobsController;
import dev.fovea.api.ModelsController;
import dev.fovea.api.PredictController;
import dev.fovea.api.QueryCheck;
import dev.fovea.api.RemotesController;
import dev.fovea.api.RolloutsController;
import dev.fovea.api.ShadowController;
import dev.fovea.api.StatusController;
import dev.fovea.api.VersionsController;
import dev.fovea.api.accuracy.AccuracyController;
import dev.fovea.api.accuracy.KpiController;
import dev.fovea.api.accuracy.TruthController;
import dev.fovea.api.advice.AdviceController;
import dev.fovea.api.alerts.AlertsController;
import dev.fovea.api.data.ChecksController;
import dev.fovea.api.data.DatasetsController;
import dev.fovea.api.data.ItemsController;
import dev.fovea.api.data.LastCheck;
import dev.fovea.api.data.ShownImages;
import dev.fovea.api.labels.DesignController;
import dev.fovea.api.labels.LabelStudioController;
import dev.fovea.api.labels.LabellingController;
import dev.fovea.api.labels.ReviewController;
import dev.fovea.api.objectives.ServiceLevelController;
import dev.fovea.api.traffic.KeepController;
import dev.fovea.api.traffic.TrafficController;
import dev.fovea.api.training.TrainingController;
import dev.fovea.api.view.ModelViews;
import dev.fovea.config.Settings;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.edge.ProblemMapper;
import dev.fovea.inference.InferenceBodies;
import dev.fovea.inference.InferenceCatalog;
import dev.fovea.inference.InferenceController;
import dev.fovea.inference.Readiness;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.request.DataRoots;
import java.time.Duration;
import java.util.Collection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.CacheControl;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What Spring serves of {@link ServingApplication}, made of the parts that {@link FoveaServer} gives it. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@Import({ApiDocumentController.class, ConsoleController.class, DocsController.class, ProblemMapper.class})
class HttpWiring implements WebMvcConfigurer {

    private final JsonMapper json;

    HttpWiring(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json));
    }

    /** A comma is part of a value: a parameter is a list by being given several times. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.removeConvertible(String.class, Collection.class);
    }

    /**
     * The console and the documentation, which browsers may keep and ask about each time. The console's scripts and
     * styles have a hash of their content in their names: browsers need not ask about them.
     */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        var _ = registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/META-INF/resources/assets/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
        var _ = registry.addResourceHandler("/**")
                .addResourceLocations("classpath:/META-INF/resources/")
                .setCacheControl(CacheControl.noCache());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var _ = registry.addInterceptor(new QueryCheck());
    }

    @Bean
    StandardServletMultipartResolver multipartResolver() {
        return new StandardServletMultipartResolver();
    }

    @Bean
    ModelViews modelViews(ServingApplication application) {
        return views(application);
    }

    static ModelViews views(ServingApplication application) {
        return new ModelViews(
                application.registry(),
                application.models(),
                application.recorder(),
                application.drift(),
                application.assistance(),
                application.home().bundles(),
                application.home().evaluations(),
                application.home().shadows());
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
    InferenceController inferenceController(
            InferenceCatalog catalog, ServingApplication application, Readiness readiness, InferenceBodies bodies) {
        return new InferenceController(catalog, application.predictor(), readiness, bodies);
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
    ShadowController shadowController(ServingApplication application, AccuracyParts parts) {
        return new ShadowController(application.shadows(), application.shadowTraffic(), parts.requests());
    }

    @Bean
    RolloutsController rolloutsController(ServingApplication application) {
        return new RolloutsController(application.rollouts());
    }

    @Bean
    ExperimentsController experimentsController(ServingApplication application) {
        return new ExperimentsController(application.experiments());
    }

    @Bean
    DriftController driftController(ServingApplication application) {
        return new DriftController(application.drift(), application.clock());
    }

    @Bean
    AccuracyParts accuracyParts(ServingApplication application) {
        return AccuracyParts.of(application);
    }

    @Bean
    TruthController truthController(ServingApplication application, AccuracyParts parts) {
        return new TruthController(
                application.registry(), parts.truths(), RetentionParts.truths(application, parts), application.clock());
    }

    @Bean
    KpiController kpiController(ServingApplication application, AccuracyParts parts) {
        return new KpiController(application.registry(), parts.kpis(), application.clock());
    }

    @Bean
    AccuracyController accuracyController(ServingApplication application, AccuracyParts parts) {
        return new AccuracyController(application.registry(), parts.accuracy(), parts.planning(), application.clock());
    }

    @Bean
    DataRoots dataRoots(Settings settings, ServingApplication application) {
        return new DataRoots(
                settings.datasets().roots(),
                application.home().datasets(),
                data -> DatasetCheckout.isDataset(data, application.datasets()));
    }

    @Bean
    JobsController jobsController(DataRoots roots, ServingApplication application, JobEvents events) {
        return new JobsController(application.jobs(), application.work(), roots, events);
    }

    @Bean
    TrainingController trainingController(DataRoots roots, ServingApplication application) {
        return new TrainingController(
                TrainingParts.runs(application), application.registry(), TrainingParts.backbones(application), roots);
    }

    @Bean
    AdviceController adviceController() {
        return new AdviceController();
    }

    @Bean
    DatasetsController datasetsController(ServingApplication application) {
        return new DatasetsController(application.datasets(), application.labelling());
    }

    @Bean
    ChecksController checksController(ServingApplication application) {
        return new ChecksController(application.datasets(), application.labelling(), new LastCheck(application.jobs()));
    }

    @Bean
    ItemsController itemsController(Settings settings, ServingApplication application) {
        Datasets datasets = application.datasets();
        return new ItemsController(
                datasets,
                application.labelling(),
                new ShownImages(
                        datasets, application.decodePool(), settings.runtime().limits()),
                application.home().production().keptImages(),
                application::regions);
    }

    @Bean
    LabellingController labellingController(ServingApplication application) {
        return new LabellingController(application.labelling());
    }

    @Bean
    DesignController designController(ServingApplication application) {
        return new DesignController(
                application.datasets(),
                application.labelling(),
                application.designEvidence(),
                new LastCheck(application.jobs()));
    }

    @Bean
    LabelStudioController labelStudioController(ServingApplication application) {
        return new LabelStudioController(application.datasets(), application.labelling());
    }

    @Bean
    ReviewController reviewController(ServingApplication application) {
        return new ReviewController(application.labelling());
    }

    @Bean
    EvaluationsController evaluationsController(ServingApplication application) {
        return new EvaluationsController(application.home().evaluations(), application.registry());
    }

    @Bean
    TrafficController trafficController(ServingApplication application) {
        return new TrafficController(
                application.registry(),
                application.trafficLog().queries(),
                java.time.Clock.systemUTC(),
                model -> TrafficParts.losses(application, model));
    }

    @Bean
    KeepController keepController(ServingApplication application) {
        return new KeepController(RetentionParts.retention(application), application::retentionStatus);
    }

    @Bean
    AlertsController alertsController(ServingApplication application) {
        return new AlertsController(application.alertParts().alerts(), AlertParts.silences(application));
    }

    @Bean
    StatusController statusController(ServingApplication application) {
        return new StatusController(application.registry(), application.clock().instant());
    }

    @Bean
    ServiceLevelController serviceLevelController(ServingApplication application, AccuracyParts parts) {
        return new ServiceLevelController(
                ServiceLevelParts.levels(application, parts),
                application.serviceLevels().recorder()::catchUp);
    }
}
