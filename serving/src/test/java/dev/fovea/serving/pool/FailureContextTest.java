package dev.fovea.serving.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.serving.Shop;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureContextTest {

    private static final VersionId VERSION = new VersionId("shirts", 1);
    private static final long NANOS = 4_250_000;

    @TempDir
    private Path directory;

    private Shop shop;
    private LoadedModel model;

    @BeforeEach
    void open() {
        shop = new Shop(directory);
        shop.register(VERSION.model(), 0);
        model = shop.load(VERSION, () -> {});
    }

    @AfterEach
    void close() {
        model.close();
        shop.close();
    }

    private FoveaException failure(byte[] image, RuntimeException cause) {
        return new FailureContext(VERSION, model, image, NANOS).of(cause);
    }

    private static FoveaException fault(ErrorCode code) {
        return new FoveaException(code, "It failed.", new IllegalStateException("inside"));
    }

    @Test
    void shouldSayWhatIsKnownAboutTheImageOfAFault() {
        FoveaException failure = failure(Shop.png(200, 10, 10), fault(ErrorCode.INFERENCE_FAILED));

        assertThat(failure.code()).isEqualTo(ErrorCode.INFERENCE_FAILED);
        assertThat(failure.getMessage()).isEqualTo("It failed.");
        assertThat(failure.getCause()).hasMessage("inside");
        assertThat(failure.context())
                .containsEntry("model", "shirts")
                .containsEntry("version", 1)
                .containsEntry("image_format", "PNG")
                .containsEntry("elapsed_ms", 4.25)
                .containsKeys("contract", "image_width", "image_height", "image_bytes");
    }

    @Test
    void shouldSayThatAnImageHasNoHeader() {
        assertThat(failure(new byte[] {1, 2, 3}, fault(ErrorCode.INTERNAL)).context())
                .containsEntry("image_bytes", 3)
                .containsEntry("image_format", "IMAGE_FORMAT_UNSUPPORTED");
    }

    @Test
    void shouldTurnAnUnexpectedExceptionIntoAFaultOfTheProgram() {
        IllegalStateException unexpected = new IllegalStateException("inside");

        FoveaException failure = failure(new byte[0], unexpected);

        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure.getCause()).isSameAs(unexpected);
        assertThat(failure.getMessage()).doesNotContain("inside");
        assertThat(failure.context()).doesNotContainKey("image_format");
    }

    @Test
    void shouldLeaveErrorsOfCallersAsTheyAre() {
        FoveaException refused = fault(ErrorCode.IMAGE_CORRUPT);

        assertThat(failure(new byte[] {1}, refused)).isSameAs(refused);
    }
}
