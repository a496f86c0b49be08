package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.DriftAlarm.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What most often lies behind changes of these numbers. */
enum LikelyCause {
    UPLOAD(Set.of("jpeg quality", "blockiness"), "a camera or an upload compresses images in another way"),
    SIZE(Set.of("width", "height", "aspect"), "another camera, or an upload that crops or resizes images"),
    LIGHT(Set.of("brightness", "clipped dark", "clipped bright", "contrast"), "other light or exposure"),
    FOCUS(Set.of("sharpness"), "focus, motion, a dirty lens, or an upload that resizes images"),
    COLOR(Set.of("colorfulness", "saturation"), "another camera, white balance or light"),
    NOISE(Set.of("noise"), "another camera, or more gain in poor light"),
    FILE(Set.of("file size"), "another content, camera or upload"),
    CLASSES(Set.of(), "another mix of what the images show"),
    UNKNOWN_CONTENT(
            Set.of("unlike any known class", "confidence", "entropy", "objects per image", "object size"),
            "images that show what the model does not know, or another mix of what it knows");

    private final Set<String> numbers;
    private final String words;

    LikelyCause(Set<String> numbers, String words) {
        this.numbers = numbers;
        this.words = words;
    }

    /** In words, as the end of a sentence. */
    String words() {
        return words;
    }

    /** Of the clearest finding that has one: what is done to an image comes before what is predicted for it. */
    static Optional<LikelyCause> of(List<Finding> findings) {
        return findings.stream()
                .map(LikelyCause::of)
                .flatMap(Optional::stream)
                .filter(cause -> cause != UNKNOWN_CONTENT)
                .findFirst()
                .or(() -> findings.stream()
                        .map(LikelyCause::of)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static Optional<LikelyCause> of(Finding finding) {
        if (finding.name().startsWith("label ")) {
            return Optional.of(CLASSES);
        }
        for (LikelyCause cause : values()) {
            if (cause.numbers.contains(finding.name())) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
