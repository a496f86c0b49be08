package dev.fovea.imaging.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskTest {

    /** Result of {@code pycocotools.mask.encode} for {@link #golden}. */
    private static final String GOLDEN =
            "X6<7GM0OO00N:6GM0OO00N96IMOOO00N96IMOOO00N96IMN00O0N87IMOO0O0N87IMOO0OOO95JMOO00NO86KLOOO0"
                    + "0O76KLOOO00O67KL0NO00O57MLNO0O0O57MLNO0O0O48NJO0OO0O290JONO00?2CNO0O0>2DOOOO0>2DOOOO0OO;4H"
                    + "NN00OOO;3HOOOO00O94INOOO00O84KNM00O0O75KMOO00N074MMNOO00054NMN0OO0045OLN0OO0O281KNN00N0O:6"
                    + "GM0OO00N96IMN00O0N86JMOO00NO77KL0NO00O57MLNO0O0O290JONO1O=4CN0OO0=3ENN00OOO:4INOOO00O84KNN"
                    + "OO00O74LNNO00N064NMN0OO00351LMO00OON;6GM0OO00N96HNOO0O0N77KLOOO00O57MLNO0O0O1:1IONO00>2DOO"
                    + "OO0OO:4INOOO00O84KNM00O0O65MMNOO00045OLN0OO0OO:5HM0OO00N87IMOO0OOO77KL0NO00O38OKON00N>3DOO"
                    + "OO00";

    @Test
    void shouldEncodeAsPycocotools() {
        Mask golden = golden();
        assertThat(golden.compressed()).isEqualTo(GOLDEN);
        assertThat(Mask.ofCompressed(golden.size(), GOLDEN)).isEqualTo(golden);
        assertThat(golden.area()).isEqualTo(915);
        assertThat(golden.extent()).isEqualTo(new Box(5, 0, 60, 40));
    }

    /** 60 wide, 40 high: where (x·x + 3·y·y) mod 1009 is below 400, from the sixth column on. */
    private static Mask golden() {
        ImageSize size = new ImageSize(60, 40);
        MaskBuilder builder = new MaskBuilder(size);
        for (int i = 0; i < 60 * 40; i++) {
            int x = i / 40;
            int y = i % 40;
            if (x > 4 && (x * x + 3 * y * y) % 1009 < 400) {
                builder.add(i, 1);
            }
        }
        return builder.build();
    }

    @Property
    void shouldComeBackFromEveryNotation(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @FloatRange(min = 0, max = 1) float density,
            @ForAll long seed) {
        Mask mask = drawn(new ImageSize(width, height), density, seed);
        assertThat(Mask.of(mask.size(), mask.counts())).isEqualTo(mask);
        assertThat(Mask.ofCompressed(mask.size(), mask.compressed())).isEqualTo(mask);
        assertThat(Mask.ofPolygons(mask.size(), mask.outlines())).isEqualTo(mask);
        assertThat(mask.outlines().stream().mapToDouble(Polygon::signedArea).sum())
                .isCloseTo(mask.area(), within(1e-6));
    }

    @Property
    void shouldKeepItsPixelsOnAnotherSize(
            @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 30) int height,
            @ForAll long seed) {
        Mask mask = drawn(new ImageSize(17, 13), 0.5f, seed);
        Mask moved = mask.on(new ImageSize(width, height));
        assertThat(moved.size()).isEqualTo(new ImageSize(width, height));
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                assertThat(moved.at(x, y)).isEqualTo(x < 17 && y < 13 && mask.at(x, y));
            }
        }
    }

    @Property
    void shouldCountPixelsAsSets(@ForAll @FloatRange(min = 0, max = 1) float density, @ForAll long seed) {
        ImageSize size = new ImageSize(17, 23);
        Mask one = drawn(size, density, seed);
        Mask other = drawn(size, 0.5f, seed + 1);
        assertThat(one.and(other).area() + one.or(other).area()).isEqualTo(one.area() + other.area());
        assertThat(one.and(one)).isEqualTo(one);
        assertThat(one.or(one)).isEqualTo(one);
        for (int x = 0; x < 17; x++) {
            for (int y = 0; y < 23; y++) {
                assertThat(one.and(other).at(x, y)).isEqualTo(one.at(x, y) && other.at(x, y));
            }
        }
    }

    @Test
    void shouldTraceAHoleTheOtherWay() {
        ImageSize size = new ImageSize(5, 5);
        Mask ring = Mask.ofPolygons(size, List.of(square(1, 4), square(2, 3)));
        assertThat(ring.area()).isEqualTo(8);
        List<Polygon> outlines = ring.outlines();
        assertThat(outlines).extracting(Polygon::signedArea).containsExactly(9.0, -1.0);
        assertThat(outlines.getFirst().points()).hasSize(4);
        assertThat(ring.extent()).isEqualTo(new Box(1, 1, 4, 4));
    }

    @Test
    void shouldRefuseRunsThatDoNotFillTheImage() {
        ImageSize size = new ImageSize(3, 3);
        assertThatThrownBy(() -> Mask.of(size, List.of(4, 4))).hasMessageContaining("8 pixels");
        assertThatThrownBy(() -> Mask.of(size, List.of(4, 6))).hasMessageContaining("10 pixels");
        assertThatThrownBy(() -> Mask.ofCompressed(size, "\u0001")).hasMessageContaining("no compressed run lengths");
    }

    @Test
    void shouldFindTheMinimumRectangleAroundRotatedPoints() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            for (int j = 0; j <= 4; j++) {
                // a 10 × 4 grid turned by 30 degrees
                points.add(new Point((float) (50 + i * Math.cos(Math.PI / 6) - j * Math.sin(Math.PI / 6)), (float)
                        (50 + i * Math.sin(Math.PI / 6) + j * Math.cos(Math.PI / 6))));
            }
        }
        RotatedRectangle rectangle = RotatedRectangle.around(points);
        assertThat(rectangle.width() * rectangle.height()).isCloseTo(40, within(1e-3));
        assertThat(rectangle.grown(1).corners().signedArea()).isCloseTo(72, within(1e-2));
        assertThat(points).allMatch(point -> rectangle.grown(1e-4).contains(point.x(), point.y()));
        assertThat(RotatedRectangle.around(List.of(new Point(3, 4))).width()).isZero();
    }

    private static Polygon square(int from, int to) {
        return new Polygon(List.of(new Point(from, from), new Point(to, from), new Point(to, to), new Point(from, to)));
    }

    private static Mask drawn(ImageSize size, float density, long seed) {
        Random random = new Random(seed);
        MaskBuilder builder = new MaskBuilder(size);
        for (int i = 0; i < size.width() * size.height(); i++) {
            if (random.nextFloat() < density) {
                builder.add(i, 1);
            }
        }
        return builder.build();
    }
}
