package dev.fovea.imaging;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/**
 * Loads OpenCV and limits it to the caller's thread. The program has its own bounded pool, and spreading each small
 * resize over all cores slows every request.
 */
public final class Natives {

    static {
        unlimited("org.bytedeco.javacpp.maxbytes");
        unlimited("org.bytedeco.javacpp.maxphysicalbytes");
        Loader.load(opencv_core.class);
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_imgcodecs.class);
        opencv_core.setNumThreads(1);
    }

    private Natives() {}

    /**
     * JavaCPP limits memory to a multiple of the heap: it reads the size of the process at each allocation, under one
     * lock, and refuses it where a large network fills the process. Images are closed, so nothing has to be collected.
     */
    private static void unlimited(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "0");
        }
    }

    /** Returns once the libraries are loaded. */
    public static void load() {
        // the static initializer does the work, once
    }
}
