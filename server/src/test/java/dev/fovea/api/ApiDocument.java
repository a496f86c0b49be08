package dev.fovea.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.fovea.api.advice.AdviceViews;
import dev.fovea.api.alerts.AlertViews;
import dev.fovea.api.data.CheckViews;
import dev.fovea.api.data.ItemViews;
import dev.fovea.api.data.ValueViews;
import dev.fovea.api.labels.AgreementViews;
import dev.fovea.api.labels.DesignViews;
import dev.fovea.api.labels.LabellingViews;
import dev.fovea.api.labels.ProgressViews;
import dev.fovea.api.objectives.ObjectiveViews;
import dev.fovea.api.objectives.ServiceLevelViews;
import dev.fovea.api.traffic.KeepViews;
import dev.fovea.api.traffic.LoggedViews;
import dev.fovea.api.traffic.TrafficViews;
import dev.fovea.api.training.BackboneViews;
import dev.fovea.api.training.RunViews;
import dev.fovea.api.view.ComparisonViews;
import dev.fovea.api.view.DriftCourseViews;
import dev.fovea.api.view.DriftViews;
import dev.fovea.api.view.EvaluationViews;
import dev.fovea.api.view.ExperimentViews;
import dev.fovea.api.view.JobViews;
import dev.fovea.api.view.PredictionView;
import dev.fovea.api.view.RemoteViews;
import dev.fovea.api.view.RolloutViews;
import dev.fovea.api.view.ShadowViews;
import dev.fovea.api.view.Views;
import dev.fovea.edge.Problem;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.monitoring.MetricsSnapshot;
import dev.fovea.monitoring.accuracy.AccuracyCourse;
import dev.fovea.monitoring.accuracy.AccuracyReport;
import dev.fovea.monitoring.accuracy.LabelPlanList;
import dev.fovea.monitoring.accuracy.LabelPlanReport;
import dev.fovea.pipeline.request.JobRequest;
import dev.fovea.pipeline.search.SearchRecord;
import dev.fovea.quantize.QuantizationReport;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Makes the OpenAPI document say what the program does: names as they are on the wire, every field of an answer always
 * there ({@link OptionalFields} says which may be null), errors as problem JSON, and the key.
 */
public final class ApiDocument implements OpenApiCustomizer {

    private static final String KEY = "key";
    private static final String REQUEST = "Request";

    private final OptionalFields optional = new OptionalFields(
                    Views.StatusView.class,
                    Views.Models.class,
                    Views.Version.class,
                    Views.EvaluationView.class,
                    QuantizationReport.class,
                    SearchRecord.class,
                    Views.RollbackResult.class,
                    JobViews.JobList.class,
                    JobViews.JobDetails.class,
                    RunViews.RunList.class,
                    RunViews.RunDetails.class,
                    BackboneViews.BackboneList.class,
                    AdviceViews.WaysView.class,
                    DetectionReport.class,
                    EvaluationViews.Runs.class,
                    EvaluationViews.Images.class,
                    ComparisonViews.Compared.class,
                    ComparisonViews.ComparisonFigures.class,
                    PredictionView.class,
                    ShadowViews.ShadowView.class,
                    ShadowViews.DifferencePage.class,
                    RemoteViews.RemoteList.class,
                    MetricsSnapshot.class,
                    ItemViews.ItemPage.class,
                    ItemViews.Details.class,
                    CheckViews.WrongLabelPage.class,
                    CheckViews.NextPage.class,
                    DesignViews.PilotView.class,
                    LabellingViews.LeaseList.class,
                    LabellingViews.SettingsView.class,
                    ProgressViews.ProgressView.class,
                    ProgressViews.CapacityList.class,
                    ProgressViews.NeedView.class,
                    AgreementViews.AgreementView.class,
                    AgreementViews.DisagreementPage.class,
                    AlertViews.AlertList.class,
                    AlertViews.AlertRecordView.class,
                    AlertViews.SilenceList.class,
                    DriftViews.DriftView.class,
                    DriftViews.ReplayView.class,
                    DriftCourseViews.DriftCourseView.class,
                    ObjectiveViews.ObjectivesView.class,
                    ServiceLevelViews.ServiceLevelView.class,
                    AccuracyReport.class,
                    AccuracyCourse.class,
                    LabelPlanReport.class,
                    LabelPlanList.class,
                    RolloutViews.RolloutPage.class,
                    ExperimentViews.ExperimentPage.class,
                    KeepViews.KeepView.class,
                    TrafficViews.TrafficView.class,
                    LoggedViews.LoggedPage.class)
            .and(JobRequest.class.getPermittedSubclasses());

    /** What leaves out its optional fields. */
    private final OptionalFields sparse = new OptionalFields(
            ValueViews.ClassesValue.class,
            ValueViews.ObjectsValue.class,
            ItemViews.AnnotationRequest.class,
            ItemViews.ChangeRequest.class,
            LabellingViews.NewLeases.class,
            LabellingViews.NewHoneypots.class,
            DesignViews.NewPilot.class,
            LabellingViews.LeaseRenewal.class,
            AlertViews.Acknowledgment.class,
            AlertViews.NewSilence.class);

    private final SnakeCaseStrategy naming = new SnakeCaseStrategy();

    @Override
    public void customise(OpenAPI document) {
        document.info(new Info()
                .title("Fovea")
                .version("v1")
                .description("Computer-vision models in production: predictions, versions, rollouts, metrics."));
        document.setServers(null);
        document.setSecurity(List.of(new SecurityRequirement(), new SecurityRequirement().addList(KEY)));
        Components components = document.getComponents();
        components.addSecuritySchemes(
                KEY, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
        ModelConverters.getInstance(true)
                .readAllAsResolvedSchema(new AnnotatedType(Problem.class))
                .referencedSchemas
                .forEach(components::addSchemas);
        Map<String, Schema<?>> schemas = new LinkedHashMap<>();
        components.getSchemas().remove("JobRequest");
        components.getSchemas().forEach(schemas::put);
        JobRequestSchemas.complete(schemas);
        optional.mark(schemas);
        schemas.forEach(this::asOnTheWire);
        document.getPaths().values().forEach(path -> path.readOperations().forEach(ApiDocument::complete));
    }

    private void asOnTheWire(String name, Schema<?> schema) {
        Map<String, Schema<?>> named = new LinkedHashMap<>();
        properties(schema).forEach((property, type) -> named.put(naming.translate(property), type));
        if (!named.isEmpty()) {
            schema.setProperties(new LinkedHashMap<>(named));
            // requests say themselves what they need
            schema.setRequired(
                    name.endsWith(REQUEST)
                            ? translated(schema.getRequired())
                            : sparse.required(name)
                                    .map(fields -> fields.map(naming::translate))
                                    .orElse(named.keySet().stream())
                                    .sorted()
                                    .toList());
        }
    }

    private @Nullable List<String> translated(@Nullable List<String> names) {
        return names == null ? null : names.stream().map(naming::translate).toList();
    }

    @SuppressWarnings("unchecked") // the library's Schema is raw where it lists properties
    static Map<String, Schema<?>> properties(Schema<?> schema) {
        Map<String, ?> properties = schema.getProperties();
        return properties == null ? new LinkedHashMap<>() : (Map<String, Schema<?>>) properties;
    }

    private static void complete(Operation operation) {
        operation.setTags(null);
        Schema<?> problem = new Schema<>().$ref("#/components/schemas/Problem");
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("What was wrong and what to do.")
                                .content(new Content()
                                        .addMediaType("application/problem+json", new MediaType().schema(problem))));
    }
}
