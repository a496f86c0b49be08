package dev.fovea.runtime.decoding;

import java.util.List;

/** What a decoder makes of a network's outputs for one image. */
public sealed interface Decoded {

    /** Things with boxes, best first. */
    record Detections(List<Detection> detections) implements Decoded {
        public Detections {
            detections = List.copyOf(detections);
        }
    }

    /** Lines of text, best first. */
    record TextRegions(List<TextRegion> regions) implements Decoded {
        public TextRegions {
            regions = List.copyOf(regions);
        }
    }

    /** The classes that the image shows, in label order. */
    record ClassRegions(List<ClassRegion> regions) implements Decoded {
        public ClassRegions {
            regions = List.copyOf(regions);
        }
    }
}
