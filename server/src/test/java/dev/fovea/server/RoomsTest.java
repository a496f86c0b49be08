package dev.fovea.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.fovea.runtime.session.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of ARCHITECTURE.md: who may import whom, and what holds in all of them. */
class RoomsTest {

    private static final String HOUSE = "dev.fovea.";
    private static final String GENERATED = "wire";
    private static final Map<String, List<String>> MAY_IMPORT = rooms();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.fovea");

    /** Those that somebody wrote; the messages of the wire are generated. */
    private static final JavaClasses WRITTEN =
            CLASSES.that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(HOUSE + GENERATED)));

    /** Parts of the object graph, by room; values, and what a part makes for itself, are none. */
    private static final String WIRED = """
            registry.Registry registry.VersionDeletion registry.VersionExport
            runtime.DecodePool labels.Labelling
            serving.cache.PredictionCache
            serving.pool.BackgroundTuner serving.pool.HealthCheck serving.pool.ModelHost serving.pool.Predictor
            serving.pool.Reconciler serving.pool.Releases serving.pool.ServedModels serving.pool.ValidationHost
            serving.routing.Declarations serving.routing.RemoteInference serving.routing.Router
            traffic.PredictionStream
            rollout.RolloutController rollout.RolloutRecorder rollout.Rollouts
            rollout.experiment.ExperimentController rollout.experiment.ExperimentRecorder rollout.experiment.Experiments
            monitoring.AssistanceRecorder monitoring.Recorder monitoring.drift.Drift monitoring.drift.DriftWatch
            pipeline.ImportWork pipeline.JobWork pipeline.ModelImport pipeline.ModelTraining pipeline.ModelTuning
            pipeline.cascade.CascadePlanning pipeline.evaluation.ModelComparison pipeline.evaluation.ModelEvaluation
            pipeline.jobs.JobTools pipeline.quantization.ModelQuantization pipeline.queue.Jobs pipeline.queue.JobWorker
            storage.Home storage.HomeCopy storage.RedisCache
            config.RemotesFile""";

    /** Static methods that make a part. */
    private static final Set<String> FACTORIES = Set.of("open", "start", "read", "forThisMachine");

    private static Map<String, List<String>> rooms() {
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        rooms.put("fault", List.of());
        rooms.put("json", List.of("fault"));
        rooms.put("statistics", List.of("fault"));
        rooms.put("imaging", List.of("fault"));
        rooms.put("synthetic", List.of("fault", "imaging"));
        rooms.put("model", List.of("fault", "json", "imaging"));
        rooms.put("runtime", List.of("fault", "json", "statistics", "imaging", "model"));
        rooms.put("datasets", List.of("fault", "json", "statistics", "imaging", "synthetic"));
        rooms.put("evaluation", List.of("fault", "statistics", "imaging", "model", "runtime", "datasets"));
        rooms.put("labels", List.of("fault", "json", "statistics", "imaging", "model", "runtime", "datasets"));
        rooms.put("quantize", List.of("fault", "statistics", "imaging", "model", "runtime", "datasets", "evaluation"));
        rooms.put(
                "training",
                List.of(
                        "fault",
                        "json",
                        "statistics",
                        "imaging",
                        "model",
                        "runtime",
                        "datasets",
                        "evaluation",
                        "quantize"));
        rooms.put("registry", List.of("fault", "model"));
        rooms.put("wire", List.of());
        rooms.put("protocol", List.of("fault", "json", "model", "wire"));
        rooms.put("remote", List.of("fault", "json", "statistics", "model", "protocol"));
        rooms.put("serving", List.of("fault", "statistics", "imaging", "model", "runtime", "registry", "remote"));
        rooms.put(
                "traffic",
                List.of("fault", "json", "statistics", "imaging", "model", "runtime", "registry", "remote", "serving"));
        rooms.put("rollout", List.of("fault", "json", "statistics", "registry", "serving"));
        rooms.put(
                "monitoring",
                List.of(
                        "fault",
                        "json",
                        "statistics",
                        "imaging",
                        "model",
                        "runtime",
                        "registry",
                        "serving",
                        "traffic"));
        rooms.put("alerts", List.of("fault", "json", "remote"));
        rooms.put("pipeline", new ArrayList<>(rooms.keySet()));
        rooms.put("storage", new ArrayList<>(rooms.keySet()));
        rooms.put("load", List.of("fault", "statistics", "model", "protocol"));
        rooms.put("config", new ArrayList<>(rooms.keySet()));
        rooms.put("edge", List.of("fault", "config"));
        rooms.put("inference", new ArrayList<>(rooms.keySet()));
        rooms.put("api", new ArrayList<>(rooms.keySet()));
        rooms.put("server", new ArrayList<>(rooms.keySet()));
        rooms.put("cli", new ArrayList<>(rooms.keySet()));
        return rooms;
    }

    static Set<String> names() {
        return MAY_IMPORT.keySet();
    }

    static Stream<String> roomsWithoutFramework() {
        return names().stream()
                .filter(room -> !List.of("server", "api", "inference", "edge").contains(room));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldImportOnlyWhatItsRowNames(String room) {
        String[] others = names().stream()
                .filter(other -> !other.equals(room) && !MAY_IMPORT.get(room).contains(other))
                .map(other -> HOUSE + other + "..")
                .toArray(String[]::new);
        if (others.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CLASSES);
        }
        assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(HOUSE + room)))
                .as("classes of " + room)
                .isNotEmpty();
    }

    @Test
    void shouldHaveNoRoomOutsideTheTable() {
        Set<String> found = CLASSES.stream().map(RoomsTest::room).collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(new TreeSet<>(names()));
    }

    @ParameterizedTest
    @MethodSource("roomsWithoutFramework")
    void shouldKnowNoFrameworkOutsideTheServer(String room) {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.springdoc..",
                        "jakarta.servlet..",
                        "jakarta.validation..",
                        "io.swagger..",
                        "org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void shouldKeepHeavyLibrariesInTheirRooms() {
        onlyIn("ai.djl..", "training");
        onlyIn("ai.onnxruntime..", "runtime");
        onlyIn("org.bytedeco..", "imaging", "synthetic");
        onlyIn("io.airlift..", "imaging");
        onlyIn("org.apache.lucene..", "datasets");
        onlyIn("org.tukaani..", "imaging");
        onlyIn("org.jdbi..", "storage");
        onlyIn("org.flywaydb..", "storage");
        onlyIn("org.duckdb..", "storage");
        onlyIn("org.apache.datasketches..", "monitoring");
        onlyIn("org.jctools..", "monitoring", "traffic");
        onlyIn("org.HdrHistogram..", "load");
        onlyIn("ai.onnx.proto..", "model", "quantize", "training");
        onlyIn("io.prometheus..", "monitoring", "server", "edge");
        onlyIn("io.grpc..", "wire", "inference", "server");
        onlyIn("picocli..", "cli");
        onlyIn("jakarta.mail..", "alerts");
        onlyIn("org.eclipse.angus..", "alerts");
        onlyIn("io.github.resilience4j..", "remote", "storage");
        onlyIn("com.github.benmanes.caffeine..", "serving");
        onlyIn("org.hipparchus..", "statistics", "quantize");
        onlyIn("org.jgrapht..", "quantize");
        onlyIn("redis.clients..", "storage");
        onlyIn("software.amazon.awssdk.http.auth..", "remote");
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(WRITTEN);
    }

    @Test
    void shouldBuildTheObjectGraphInOnePlace() {
        Set<String> wired = Stream.of(WIRED.split("\\s+")).map(HOUSE::concat).collect(Collectors.toSet());
        assertThat(wired).allMatch(CLASSES::contain, "is a class");
        assertThat(CLASSES.stream()
                        .filter(type -> names().contains(room(type)) && !wires(type))
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(access -> wired.contains(access.getTargetOwner().getName()))
                        .filter(access -> makes(access.getTarget()))
                        .filter(access -> !room(access.getTargetOwner()).equals(room(access.getOriginOwner())))
                        .map(JavaAccess::getDescription))
                .as("parts that are made outside Application, ServingApplication and their classes of Parts")
                .isEmpty();
        noClasses()
                .that()
                .areAssignableTo(Application.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }

    /** Application, ServingApplication, and classes such as TrafficParts, to which they leave a room. */
    private static boolean wires(JavaClass type) {
        return type.isAssignableTo(Application.class)
                || (type.getPackageName().equals(HOUSE + "server")
                        && type.getSimpleName().endsWith("Parts"));
    }

    private static boolean makes(AccessTarget target) {
        return target.getName().equals("<init>")
                || FACTORIES.contains(target.getName())
                        && target.resolveMember()
                                .filter(member -> member.getModifiers().contains(JavaModifier.STATIC))
                                .isPresent();
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(HOUSE.length()).split("\\.")[0];
    }

    private static void onlyIn(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        Stream.of(rooms).map(room -> HOUSE + room + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    /** Code that makes ONNX Runtime's environment by another way may load the library with its telemetry on. */
    @Test
    void shouldLoadOnnxRuntimeThroughOneDoor() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Engine.class.getName())
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "target is OrtEnvironment.getEnvironment",
                        call -> call.getTargetOwner().isEquivalentTo(OrtEnvironment.class)
                                && call.getTarget().getName().equals("getEnvironment")))
                .check(CLASSES);
    }

    /** More than a screen of names is a drawer. */
    @Test
    void shouldKeepPackagesSmall() {
        Map<String, Long> sizes = WRITTEN.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(25));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files =
                Files.find(Path.of(".."), 20, (path, kind) -> path.toString().matches(".*/src/main/java/.*\\.java"))) {
            return files.toList();
        }
    }

    @Test
    void shouldKeepFilesShort() throws IOException {
        Set<String> longer = new TreeSet<>();
        for (Path file : sources()) {
            if (Files.readAllLines(file).size() > 300) {
                longer.add(file.getFileName().toString());
            }
        }
        assertThat(longer).as("files of more than 300 lines").isEmpty();
    }

    @Test
    void shouldKeepRecordsSmall() {
        assertThat(WRITTEN.stream()
                        .filter(JavaClass::isRecord)
                        .filter(type -> type.getFields().stream()
                                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                        .count()
                                > 8)
                        .map(type ->
                                type.getName().substring(type.getPackageName().length() + 1)))
                .as("records of more than 8 components")
                .isEmpty();
    }

    @Test
    void shouldNameEachTypeOnce() throws IOException {
        Set<String> main = sources().stream()
                .map(file -> file.toString().replaceFirst(".*/src/main/java/", ""))
                .collect(Collectors.toSet());
        Map<String, Long> uses = WRITTEN.stream()
                .filter(type ->
                        main.contains(type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java"))
                .filter(type -> type.isTopLevelClass()
                        || type.isMemberClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        uses.values().removeIf(count -> count == 1);
        assertThat(uses.keySet()).as("names of more than one public type").isEmpty();
    }

    @Test
    void shouldKeepNoStateInStaticFields() {
        fields().that().areStatic().should().beFinal().check(WRITTEN);
        assertThat(WRITTEN.stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> changes(field.getRawType())))
                .as("static fields of a type that can be changed")
                .isEmpty();
    }

    /** By the declared type: immutable collections are declared as their interfaces. */
    private static boolean changes(JavaClass type) {
        boolean concrete =
                !type.isInterface() && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
        return concrete
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || type.isAssignableTo(java.util.concurrent.ConcurrentMap.class)
                || type.isAssignableTo(ThreadLocal.class);
    }

    static Stream<String> writtenPackages() {
        return WRITTEN.stream().map(JavaClass::getPackageName).distinct();
    }

    @ParameterizedTest
    @MethodSource("writtenPackages")
    void shouldBeNullMarked(String name) throws ClassNotFoundException {
        Class<?> information = Class.forName(name + ".package-info");
        assertThat(information.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }

    @Test
    void shouldCallNothingAManagerOrAHelper() {
        assertThat(WRITTEN.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> name.matches(".*(Manager|Helper|Utils?|Impl|Base|Data|Info)")))
                .isEmpty();
    }
}
