package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.server.RunningServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of {@code shirts}, version 1 is in production, 2 is sound and 3 does not give what its golden image says. */
class VersionsApiTest {

    private RunningServer server;
    private byte[] image;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with(models -> {
            RunningServer.shirts(models);
            models.unprovable("shirts", 3, 0.5f);
        });
        image = BadInputApiTest.png(32, 32);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldExportTheBundleAsItIsStored() throws Exception {
        HttpResponse<byte[]> first = export(2);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(first.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"shirts-2.zip\"");
        assertThat(unzipped(first.body())).isEqualTo(files(bundle(2)));
        assertThat(export(2).body()).isEqualTo(first.body());
        assertThat(server.get("/v1/models/shirts")
                        .json()
                        .get("audit")
                        .get(0)
                        .get("action")
                        .asString())
                .isEqualTo("export");
        assertThat(export(9).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldWriteByCommandTheBytesThatTheApiSends(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("shirts.zip");
        Run run = Run.of(
                "export",
                "shirts",
                "--to",
                file.toString(),
                "--home",
                server.home().toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("shirts:1", file.toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(export(1).body());

        Run again = Run.of(
                "export",
                "shirts@2",
                "--to",
                file.toString(),
                "--home",
                server.home().toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("STATE_CONFLICT", "is there already", "--force");
        assertThat(Files.readAllBytes(file)).isEqualTo(export(1).body());
        Run forced = Run.of(
                "export",
                "shirts@2",
                "--to",
                file.toString(),
                "--force",
                "--home",
                server.home().toString());
        assertThat(forced.exit()).as(forced.err()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(export(2).body());
        assertThat(directory.toFile().list()).containsExactly("shirts.zip");
    }

    @Test
    void shouldImportWhatWasExportedAsTheSameBundle(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("shirts-2.zip"), export(2).body());
        String home = directory.resolve("home").toString();
        Run run = Run.of("import", file.toString(), "--home", home);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("Imported shirts:1");
        try (Application application = Application.open(directory.resolve("home"))) {
            assertThat(application.registry().version("shirts", 1).bundleId())
                    .isEqualTo(bundle(2).getFileName().toString());
        }
        Run back = Run.of("export", "shirts@1", "--to", directory + "/back.zip", "--home", home);
        assertThat(back.exit()).as(back.err()).isZero();
        assertThat(directory.resolve("back.zip")).hasSameBinaryContentAs(file);

        byte[] altered = Files.readAllBytes(file);
        altered[altered.length / 2] ^= 1;
        Run refused = Run.of(
                "import", Files.write(directory.resolve("altered.zip"), altered).toString(), "--home", home);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("BUNDLE_CORRUPT", "altered.zip").doesNotContain("Exception");
    }

    @Test
    void shouldDeleteWhatNothingUsesAndRetireIt() throws Exception {
        Path gone = bundle(2);
        assertThat(predict(2).status()).isEqualTo(200);
        Reply deleted = delete(2, "?reason=trained%20on%20wrong%20labels");
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(204);
        assertThat(gone).doesNotExist();
        Reply unknown = predict(2);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().get("detail").asString()).contains("Version 2 of shirts was deleted");
        Reply model = server.get("/v1/models/shirts");
        assertThat(model.json().get("versions")).hasSize(2);
        assertThat(model.json().get("audit").get(0).get("action").asString()).isEqualTo("delete");
        assertThat(model.json().get("audit").get(0).get("reason").asString()).isEqualTo("trained on wrong labels");
        assertThat(delete(2, "").status()).isEqualTo(404);
        assertThat(server.predict("shirts", image).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseToDeleteWhatIsInUse() throws Exception {
        assertConflict(delete(1, ""), "is in production");
        server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": 5}");
        assertConflict(delete(2, ""), "is the canary");
        server.post("/v1/models/shirts/promote", "{\"version\": 2}");
        assertConflict(delete(1, ""), "A rollback of shirts returns to version 1");
        assertThat(bundle(1)).isDirectory();
    }

    @Test
    void shouldDeleteAVersionThatCannotRespond() throws Exception {
        assertThat(predict(3).status()).isEqualTo(500);
        Path bundle = bundle(3);
        Files.delete(bundle.resolve("model.onnx"));
        assertThat(delete(3, "").status()).isEqualTo(204);
        assertThat(bundle).doesNotExist();
    }

    @Test
    void shouldFollowADeletionByCommandAndForgetAModelWithItsLastVersion() throws Exception {
        try (Application application = Application.open(server.home())) {
            new TestModels(application).register("mugs", 7);
        }
        assertThat(mugs().status()).isEqualTo(200);
        Run run = Run.of("delete", "mugs@1", "--home", server.home().toString());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("Deleted mugs:1. Its bundle is removed.");
        Reply reply = mugs();
        for (int i = 0; i < 10_000 && reply.status() == 200; i++) {
            reply = mugs();
        }
        assertThat(reply.code()).isEqualTo("MODEL_UNKNOWN");
        assertThat(server.get("/v1/models").json().get("models")).hasSize(1);
        try (Application application = Application.open(server.home())) {
            assertThat(new TestModels(application).register("mugs", 8).number()).isEqualTo(2);
        }
    }

    @Test
    void shouldNameTheRemedyOnTheCommandLine() {
        Run whole = Run.of("delete", "shirts", "--home", server.home().toString());
        assertThat(whole.exit()).isEqualTo(2);
        assertThat(whole.err())
                .contains("3 versions", "fovea delete shirts --yes", "fovea delete shirts@3", "fovea models shirts");
        Run serving =
                Run.of("delete", "shirts", "--yes", "--home", server.home().toString());
        assertThat(serving.exit()).isEqualTo(1);
        assertThat(serving.err()).contains("STATE_CONFLICT", "version 1 is in production", "--force", "404");
        Run production = Run.of("delete", "shirts@1", "--home", server.home().toString());
        assertThat(production.exit()).isEqualTo(1);
        assertThat(production.err()).contains("STATE_CONFLICT", "fovea promote shirts N");
    }

    @Test
    void shouldArchiveAndRestoreOverHttp() throws Exception {
        assertThat(predict(2).status()).isEqualTo(200);
        Reply archived = server.post("/v1/models/shirts/versions/2/archive", "{\"reason\": \"superseded\"}");
        assertThat(archived.status()).as(archived.body()).isEqualTo(200);
        assertThat(versions(archived)).isEqualTo("3 1 ");
        assertThat(archived.json().get("archived_versions").asInt()).isEqualTo(1);
        assertThat(archived.json().get("audit").get(0).get("action").asString()).isEqualTo("archive");
        assertThat(archived.json().get("audit").get(0).get("reason").asString()).isEqualTo("superseded");
        Reply all = server.get("/v1/models/shirts?archived=true");
        assertThat(versions(all)).isEqualTo("3 2 archived 1 ");
        assertThat(server.get("/v1/models/shirts/versions/2")
                        .json()
                        .get("archived")
                        .asBoolean())
                .isTrue();
        assertConflict(predict(2), "fovea restore shirts@2");
        assertConflict(server.post("/v1/models/shirts/promote", "{\"version\": 2}"), "fovea restore shirts@2");
        assertConflict(server.post("/v1/models/shirts/versions/1/archive", "{}"), "is in production");
        assertThat(server.post("/v1/models/shirts/versions/9/archive", "{}").status())
                .isEqualTo(404);
        assertThat(export(2).statusCode()).isEqualTo(200);
        assertThat(server.post("/v2/repository/index", "{}").body()).doesNotContain("\"version\":\"2\"");
        Reply restored = server.post("/v1/models/shirts/versions/2/restore", "{}");
        assertThat(restored.status()).as(restored.body()).isEqualTo(200);
        assertThat(versions(restored)).isEqualTo("3 2 1 ");
        assertThat(predict(2).status()).isEqualTo(200);
    }

    @Test
    void shouldArchiveByCommandAndHideWhatIsArchived() {
        String home = server.home().toString();
        Run archived = Run.of("archive", "shirts@2", "--reason", "superseded", "--home", home);
        assertThat(archived.exit()).as(archived.err()).isZero();
        assertThat(archived.out()).contains("Archived shirts@2", "fovea restore shirts@2");
        assertThat(Run.of("archive", "shirts@2", "--home", home).out()).contains("archived already; nothing changed");
        Run listed = Run.of("models", "shirts", "--home", home);
        assertThat(listed.out()).doesNotContain("archived");
        assertThat(listed.err()).contains("1 archived version is not listed", "fovea models shirts --archived");
        assertThat(Run.of("models", "shirts", "--archived", "--home", home).out())
                .contains("archived");
        assertThat(Run.of("promote", "shirts", "2", "--home", home).err())
                .contains("STATE_CONFLICT", "fovea restore shirts@2");
        Run restored = Run.of("restore", "shirts@2", "--home", home);
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("Restored shirts@2", "fovea promote shirts 2");
        assertThat(Run.of("restore", "shirts@2", "--home", home).out()).contains("is not archived; nothing changed");
        assertThat(Run.of("archive", "shirts", "--home", home).err()).contains("fovea archive shirts@2");
    }

    @Test
    void shouldDeleteAWholeModelOnlyWhenItIsSaidThatItServes() throws Exception {
        Path bundle = bundle(1);
        assertConflict(server.send(server.request("/v1/models/shirts").DELETE()), "?force=true");
        assertThat(server.predict("shirts", image).status()).isEqualTo(200);
        Reply deleted = server.send(server.request("/v1/models/shirts?force=true&reason=moved%20away")
                .DELETE());
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(204);
        assertThat(bundle).doesNotExist();
        Reply gone = server.predict("shirts", image);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.code()).isEqualTo("MODEL_UNKNOWN");
        assertThat(server.get("/v1/models").json().get("models")).isEmpty();
        Registry registry = server.server().application().registry();
        assertThat(registry.audit("shirts", 1).getFirst().detail())
                .isEqualTo("all versions: 1, 2, 3; 1 was in production");
        assertThat(server.send(server.request("/v1/models/shirts?force=true").DELETE())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldDeleteAWholeModelByCommand() throws Exception {
        String home = server.home().toString();
        Run run = Run.of("delete", "shirts", "--yes", "--force", "--reason", "moved away", "--home", home);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Deleted shirts: 3 versions", "Version 1 was in production", "404 (MODEL_UNKNOWN)");
        Reply reply = server.predict("shirts", image);
        for (int i = 0; i < 10_000 && reply.status() == 200; i++) {
            reply = server.predict("shirts", image);
        }
        assertThat(reply.code()).isEqualTo("MODEL_UNKNOWN");
    }

    private static String versions(Reply reply) {
        StringBuilder versions = new StringBuilder();
        reply.json()
                .get("versions")
                .forEach(version -> versions.append(version.get("version").asInt())
                        .append(version.get("archived").asBoolean() ? " archived " : " "));
        return versions.toString();
    }

    private HttpResponse<byte[]> export(int version) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    server.request("/v1/models/shirts/versions/" + version + "/export")
                            .build(),
                    BodyHandlers.ofByteArray());
        }
    }

    private Reply predict(int version) throws IOException, InterruptedException {
        return server.send(server.request("/v1/models/shirts/predict?version=" + version)
                .POST(HttpRequest.BodyPublishers.ofByteArray(image)));
    }

    private Reply mugs() throws IOException, InterruptedException {
        return server.send(server.request("/v1/models/mugs/predict?version=1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(image)));
    }

    private Reply delete(int version, String query) throws IOException, InterruptedException {
        return server.send(
                server.request("/v1/models/shirts/versions/" + version + query).DELETE());
    }

    private Path bundle(int number) {
        ModelVersion version = server.server().application().registry().version("shirts", number);
        return server.server().application().home().bundles().path(version.bundleId());
    }

    private static void assertConflict(Reply reply, String why) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("STATE_CONFLICT");
        assertThat(reply.json().get("detail").asString()).contains(why);
    }

    private static Map<String, String> unzipped(byte[] bytes) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), text(zip.readAllBytes()));
            }
        }
        return files;
    }

    private static Map<String, String> files(Path bundle) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var tree = Files.walk(bundle)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(bundle.relativize(file).toString(), text(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
