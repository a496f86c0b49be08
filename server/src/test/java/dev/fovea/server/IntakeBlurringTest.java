package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImageTreatment.BlurredRegion;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector that finds a cat and a dog at the same places of every image; images come in through the command line. */
class IntakeBlurringTest {

    @TempDir
    private Path directory;

    private PetsDetector pets;

    private Path photos;

    @BeforeEach
    void register() throws IOException {
        pets = PetsDetector.registered(directory);
        photos = Files.createDirectory(directory.resolve("photos"));
        Random random = new Random(1);
        BufferedImage noise = new BufferedImage(PetsDetector.EDGE, PetsDetector.EDGE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < PetsDetector.EDGE * PetsDetector.EDGE; i++) {
            noise.setRGB(i % PetsDetector.EDGE, i / PetsDetector.EDGE, random.nextInt());
        }
        ImageIO.write(noise, "png", photos.resolve("pets.png").toFile());
        assertThat(pets.run("data", "create", "zoo", "--task", "classification").exit())
                .isZero();
    }

    private Run add(String... options) {
        String[] arguments = {"data", "add", "zoo", photos.toString()};
        String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
        System.arraycopy(options, 0, all, arguments.length, options.length);
        return pets.run(all);
    }

    @Test
    void shouldBlurTheStatedClassAndKeepTheRecordButNotTheOriginal() throws IOException {
        byte[] file = Files.readAllBytes(photos.resolve("pets.png"));
        Run added = add("--blur", "pets:dog", "--blur-method", "fill");
        assertThat(added.out()).as(added.err()).contains("1 region was blurred in 1 image");
        assertThat(add("--blur", "pets:dog", "--blur-method", "fill").out())
                .contains("0 images were added, 1 was there already");
        try (Application application = Application.open(pets.home())) {
            List<DatasetItem> items = application.datasets().page("zoo", ItemFilter.ALL, 0, 9);
            assertThat(items).hasSize(1);
            var blurring = items.getFirst().image().treatment().blurring().orElseThrow();
            assertThat(blurring.model()).isEqualTo("pets:1");
            BlurredRegion region = blurring.regions().getFirst();
            assertThat(blurring.regions()).hasSize(1);
            assertThat(region.label()).isEqualTo("dog");
            assertThat(List.of(region.x(), region.y(), region.width(), region.height()))
                    .containsExactly(40.0, 36.0, 20.0, 24.0);
            byte[] stored = application.datasets().bytes(items.getFirst().image());
            assertThat(colors(stored, 40, 36, 60, 60)).containsOnly(Color.BLACK.getRGB());
            assertThat(colors(stored, 4, 4, 24, 28)).isEqualTo(colors(file, 4, 4, 24, 28));
            assertThat(application.datasets().item("zoo", ContentHash.of(file))).isEqualTo(items.getFirst());
            try (Image image = new Decoder(ImageLimits.DEFAULT).decode(stored)) {
                assertThat(image.width()).isEqualTo(PetsDetector.EDGE);
            }
        }
        assertThat(filesWith(file)).isEmpty();
        assertThat(pets.run(
                                "data",
                                "forget",
                                "zoo",
                                "--image",
                                photos.resolve("pets.png").toString(),
                                "--reason",
                                "x",
                                "--yes")
                        .out())
                .contains("Erased 1 image");
        assertThat(add("--blur", "pets:dog").out()).contains("forgotten on request");
        assertThat(add().out()).contains("forgotten on request");
    }

    private static List<Integer> colors(byte[] png, int left, int top, int right, int bottom) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return IntStream.range(top, bottom)
                .boxed()
                .flatMap(y -> IntStream.range(left, right).mapToObj(x -> image.getRGB(x, y)))
                .toList();
    }

    private List<Path> filesWith(byte[] file) throws IOException {
        try (var files = Files.walk(pets.home())) {
            return files.filter(Files::isRegularFile)
                    .filter(each -> contains(each, file))
                    .toList();
        }
    }

    private static boolean contains(Path file, byte[] part) {
        try {
            String whole = Files.readString(file, StandardCharsets.ISO_8859_1);
            return whole.contains(new String(part, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldRefuseWhatCannotBeBlurredAndSayWhatToDo() {
        assertThat(add("--blur", "pets:horse").err()).contains("ARGUMENT_INVALID", "finds no \"horse\"", "cat, dog");
        assertThat(add("--blur", "faces").err()).contains("MODEL_UNKNOWN", "pets");
        assertThat(add("--blur", "pets@7").err()).contains("VERSION_UNKNOWN");
        assertThat(add("--blur", "pets", "--in-place").err()).contains("ARGUMENT_INVALID", "Leave out --in-place");
        assertThat(add("--blur", "pets", "--blur-method", "scratch").err()).contains("blur, pixelate or fill");
        assertThat(pets.run("data", "show", "zoo").out()).contains("0 images");
    }

    @Test
    void shouldNotLeaveAnImageUnblurredThatIsThereAlready() {
        assertThat(add().out()).contains("1 image was added");
        String refused = add("--blur", "pets").out();
        assertThat(refused).contains("STATE_CONFLICT", "added without --blur");
        String remedy = refused.substring(refused.indexOf("fovea data remove "), refused.indexOf("\nVersion"));
        assertThat(pets.run(remedy.substring("fovea ".length()).split(" ")).out())
                .contains("Removed 1 image");
        assertThat(add("--blur", "pets").out()).contains("1 image was added", "2 regions were blurred in 1 image");
    }
}
