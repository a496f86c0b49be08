package dev.fovea.inference;

import dev.fovea.config.ProgramVersion;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.protocol.GrpcInference;
import dev.fovea.protocol.InferRequest;
import dev.fovea.protocol.ModelMetadata;
import dev.fovea.serving.pool.ServedModels;
import dev.fovea.wire.DataType;
import dev.fovea.wire.GRPCInferenceServiceGrpc;
import dev.fovea.wire.ModelConfig;
import dev.fovea.wire.ModelConfigRequest;
import dev.fovea.wire.ModelConfigResponse;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelInferResponse;
import dev.fovea.wire.ModelInput;
import dev.fovea.wire.ModelMetadataRequest;
import dev.fovea.wire.ModelMetadataResponse;
import dev.fovea.wire.ModelOutput;
import dev.fovea.wire.ModelReadyRequest;
import dev.fovea.wire.ModelReadyResponse;
import dev.fovea.wire.ModelStatisticsRequest;
import dev.fovea.wire.ModelStatisticsResponse;
import dev.fovea.wire.ModelStreamInferResponse;
import dev.fovea.wire.RepositoryIndexRequest;
import dev.fovea.wire.RepositoryIndexResponse;
import dev.fovea.wire.RepositoryModelLoadRequest;
import dev.fovea.wire.RepositoryModelLoadResponse;
import dev.fovea.wire.RepositoryModelUnloadRequest;
import dev.fovea.wire.RepositoryModelUnloadResponse;
import dev.fovea.wire.ServerLiveRequest;
import dev.fovea.wire.ServerLiveResponse;
import dev.fovea.wire.ServerMetadataRequest;
import dev.fovea.wire.ServerMetadataResponse;
import dev.fovea.wire.ServerReadyRequest;
import dev.fovea.wire.ServerReadyResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Open Inference Protocol over gRPC. Each call has a virtual thread of its own, which may wait. */
public final class GrpcService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.grpc");

    private final OpenInferenceService inference;
    private final InferenceCatalog catalog;
    private final ServedModels models;
    private final Readiness readiness;

    public GrpcService(
            OpenInferenceService inference, InferenceCatalog catalog, ServedModels models, Readiness readiness) {
        this.inference = inference;
        this.catalog = catalog;
        this.models = models;
        this.readiness = readiness;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> responseObserver) {
        UnaryCall.respond(
                responseObserver,
                () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> responseObserver) {
        UnaryCall.respond(
                responseObserver,
                () -> ServerReadyResponse.newBuilder()
                        .setReady(readiness.ofServer())
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> responseObserver) {
        UnaryCall.respond(
                responseObserver,
                () -> ModelReadyResponse.newBuilder()
                        .setReady(readiness.ofModel(
                                request.getName(), OpenInferenceService.version(request.getVersion())))
                        .build());
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> responseObserver) {
        UnaryCall.respond(
                responseObserver,
                () -> ServerMetadataResponse.newBuilder()
                        .setName(InferenceCatalog.SERVER)
                        .setVersion(ProgramVersion.current())
                        .addAllExtensions(InferenceCatalog.EXTENSIONS)
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> responseObserver) {
        UnaryCall.respond(responseObserver, () -> {
            ModelMetadata metadata =
                    catalog.metadata(request.getName(), OpenInferenceService.version(request.getVersion()));
            ModelMetadataResponse.Builder response = ModelMetadataResponse.newBuilder()
                    .setName(metadata.name())
                    .addAllVersions(metadata.versions().orElse(List.of()))
                    .setPlatform(metadata.platform().orElse(""));
            metadata.inputs().forEach(input -> response.addInputs(tensor(input)));
            metadata.outputs().forEach(output -> response.addOutputs(tensor(output)));
            return response.build();
        });
    }

    private static ModelMetadataResponse.TensorMetadata tensor(TensorMetadata metadata) {
        ModelMetadataResponse.TensorMetadata.Builder tensor = ModelMetadataResponse.TensorMetadata.newBuilder()
                .setName(metadata.name())
                .setDatatype(metadata.type().name());
        for (long length : metadata.shape()) {
            tensor.addShape(length);
        }
        return tensor.build();
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> responseObserver) {
        UnaryCall.respond(responseObserver, () -> {
            InferenceCatalog.Configuration configuration =
                    catalog.configuration(request.getName(), OpenInferenceService.version(request.getVersion()));
            ModelConfig.Builder config = ModelConfig.newBuilder()
                    .setName(configuration.name())
                    .setPlatform(configuration.platform())
                    .setMaxBatchSize(configuration.maxBatchSize());
            configuration
                    .input()
                    .forEach(input -> config.addInput(ModelInput.newBuilder()
                            .setName(input.name())
                            .setDataType(DataType.valueOf(input.dataType()))
                            .addAllDims(input.dims())));
            configuration
                    .output()
                    .forEach(output -> config.addOutput(ModelOutput.newBuilder()
                            .setName(output.name())
                            .setDataType(DataType.valueOf(output.dataType()))
                            .addAllDims(output.dims())));
            return ModelConfigResponse.newBuilder().setConfig(config).build();
        });
    }

    @Override
    public void modelStatistics(
            ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> responseObserver) {
        UnaryCall.respond(responseObserver, () -> {
            Optional<String> name = Optional.of(request.getName()).filter(text -> !text.isEmpty());
            ModelStatisticsResponse.Builder response = ModelStatisticsResponse.newBuilder();
            catalog.statistics(name, OpenInferenceService.version(request.getVersion()))
                    .forEach(one ->
                            response.addModelStats(InferenceStatistics.of(one).message()));
            return response.build();
        });
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> responseObserver) {
        UnaryCall.respond(responseObserver, () -> infer(request));
    }

    private ModelInferResponse infer(ModelInferRequest request) {
        InferRequest call = GrpcInference.read(request);
        Optional<Integer> version = OpenInferenceService.version(request.getModelVersion());
        CallerPresence caller = CallerPresence.watch();
        try {
            return GrpcInference.write(
                    call, inference.infer(request.getModelName(), version, call, GrpcDetails.current()));
        } finally {
            caller.close();
        }
    }

    @Override
    public StreamObserver<ModelInferRequest> modelStreamInfer(
            StreamObserver<ModelStreamInferResponse> responseObserver) {
        ServerCallStreamObserver<ModelStreamInferResponse> caller =
                (ServerCallStreamObserver<ModelStreamInferResponse>) responseObserver;
        caller.disableAutoRequest();
        caller.setOnCancelHandler(() -> {});
        Stream stream = new Stream(caller);
        caller.setOnReadyHandler(stream::resume);
        caller.request(1);
        return stream;
    }

    /**
     * One stream, whose requests are taken one at a time and only while the caller reads their responses, so that
     * responses do not pile up. gRPC calls it by one thread at a time.
     */
    private final class Stream implements StreamObserver<ModelInferRequest> {
        private final ServerCallStreamObserver<ModelStreamInferResponse> caller;
        private boolean waiting;

        Stream(ServerCallStreamObserver<ModelStreamInferResponse> caller) {
            this.caller = caller;
        }

        @Override
        public void onNext(ModelInferRequest request) {
            caller.onNext(streamed(request));
            waiting = true;
            resume();
        }

        void resume() {
            if (waiting && caller.isReady()) {
                waiting = false;
                caller.request(1);
            }
        }

        @Override
        public void onError(Throwable t) {
            LOG.debug("a stream ended early: {}", t.getMessage());
        }

        @Override
        public void onCompleted() {
            caller.onCompleted();
        }
    }

    /** An error ends one request of a stream, not the stream. */
    private ModelStreamInferResponse streamed(ModelInferRequest request) {
        try {
            return ModelStreamInferResponse.newBuilder()
                    .setInferResponse(infer(request))
                    .build();
        } catch (FoveaException e) {
            return ModelStreamInferResponse.newBuilder()
                    .setErrorMessage(e.getMessage())
                    .setInferResponse(ModelInferResponse.newBuilder()
                            .setModelName(request.getModelName())
                            .setId(request.getId()))
                    .build();
        }
    }

    @Override
    public void repositoryIndex(
            RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> responseObserver) {
        UnaryCall.respond(responseObserver, () -> {
            RepositoryIndexResponse.Builder response = RepositoryIndexResponse.newBuilder();
            catalog.index(request.getReady())
                    .forEach(entry -> response.addModels(RepositoryIndexResponse.ModelIndex.newBuilder()
                            .setName(entry.name())
                            .setVersion(entry.version())
                            .setState(entry.state())
                            .setReason(entry.reason())));
            return response.build();
        });
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> responseObserver) {
        UnaryCall.respond(responseObserver, () -> {
            String name = name(request.getModelName(), request.getRepositoryName());
            models.load(name);
            return RepositoryModelLoadResponse.newBuilder()
                    .setModelName(name)
                    .setIsLoaded(true)
                    .build();
        });
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> responseObserver) {
        UnaryCall.respond(responseObserver, () -> {
            String name = name(request.getModelName(), request.getRepositoryName());
            models.unload(name);
            return RepositoryModelUnloadResponse.newBuilder()
                    .setModelName(name)
                    .setIsUnloaded(true)
                    .build();
        });
    }

    /** Triton's clients name the model in the second field, KServe's in the first. */
    private static String name(String model, String repository) {
        return model.isEmpty() ? repository : model;
    }
}
