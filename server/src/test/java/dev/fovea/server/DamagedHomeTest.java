package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that starts on a home in which much is damaged at once: what is whole is served. */
class DamagedHomeTest {

    private static final List<String> DAMAGES = List.of(
            "UPDATE tuning SET result = replace(result, '12.25', '\"Infinity\"')",
            "UPDATE model_version SET lineage = '{', metrics = '[', labels = 'x' WHERE model = 'shirts'",
            "UPDATE model_alias SET alias = 'KING' WHERE model = 'shirts' AND alias = 'PRODUCTION'",
            "UPDATE audit SET action = 'SING' WHERE model = 'shirts'",
            "INSERT INTO evaluation VALUES ('e1', 'shirts', 1, 'x', 'y', 'z', 'n', 'a', -1, 1, 'b', '{')",
            "INSERT INTO monitoring_state VALUES ('', 'shirts', 1, 1, x'00ff')",
            "DELETE FROM registry_revision");

    @Test
    void shouldServeWhatIsWhole() throws Exception {
        byte[] image = TestModels.image(FabricClass.TEAR, 4);
        try (RunningServer server = RunningServer.with(DamagedHomeTest::fill)) {
            for (String model : List.of("shirts", "mugs")) {
                Reply reply = server.predict(model, image);
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            }
            assertThat(server.predict("shoes", image).code()).isEqualTo("BUNDLE_CORRUPT");
            assertThat(server.get("/v1/models").status()).isEqualTo(200);
            for (String model : List.of("shirts", "mugs", "shoes")) {
                assertThat(server.get("/v1/models/" + model).status()).isEqualTo(200);
            }
            assertThat(server.get("/v1/models/shirts/versions/1").status()).isEqualTo(200);
            assertThat(server.get("/v1/remotes").status()).isEqualTo(200);
            Reply promoted = server.post("/v1/models/mugs/promote", "{\"version\": 2}");
            assertThat(promoted.status()).as(promoted.body()).isEqualTo(200);
        }
    }

    private static void fill(TestModels models) {
        ModelVersion shirts = models.register("shirts", 1);
        models.promote(shirts);
        models.promote(models.register("mugs", 2));
        models.register("mugs", 3);
        ModelVersion shoes = models.register("shoes", 4);
        models.promote(shoes);
        Path bundle = models.directory(shoes);
        Path home = models.home();
        Tuning tuning =
                new Tuning(Optional.empty(), List.of(new TuningTrial(new InstanceSettings(1, 1, 8), 100, 3.5, 12.25)));
        models.tune(shirts, tuning);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("fovea.db"));
                Statement statement = connection.createStatement()) {
            for (String damage : DAMAGES) {
                assertThat(statement.executeUpdate(damage)).as(damage).isPositive();
            }
            Files.writeString(bundle.resolve("bundle.json"), "{");
            Files.writeString(home.resolve("remotes.json"), "{\"vision\": ");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
