"""Makes hashes.csv: SHA-256 of what Pillow and OpenCV themselves make of drawn images.

The drawings are integer formulas, so that GoldenResizeTest draws the same images without a file. One run
writes the rows of the Pillow or OpenCV that is installed; a whole file is made by

    python -m venv p12 && p12/bin/pip install numpy pillow==12.3.0 opencv-python-headless==4.13.0.92
    python -m venv p13 && p13/bin/pip install numpy pillow==13.0.0
    (p12/bin/python make.py header; p12/bin/python make.py pillow; p13/bin/python make.py pillow-13;
     OPENCV_IPP=disabled p12/bin/python make.py opencv) > hashes.csv

OpenCV 5.0.0 gives the same rows as 4.13.0. opencv-python for x86 hands bicubic to Intel's IPP unless that is disabled:
about 5 % of its bytes differ by 1 from OpenCV's own arithmetic, which is what ARM machines and Fovea compute.

Steps, as the preprocessing contract states them: alpha over white (Pillow's paste) or dropped (OpenCV), grey, resize,
then letterbox border or centred crop.
"""

import hashlib
import itertools
import sys

import numpy as np

# drawing, width, height, mode
IMAGES = [
    ("noise", 333, 1000, "RGB"),
    ("ramps", 333, 1000, "RGB"),
    ("noise", 1000, 333, "RGB"),
    ("ramps", 64, 150, "RGB"),
    ("noise", 37, 29, "RGB"),
    ("noise", 120, 301, "L"),
    ("ramps", 101, 260, "RGBA"),
]
# fit, size, rounding of edge and crop
FITS = [
    ("shortest-edge", (64, 64), "torchvision"),
    ("shortest-edge", (63, 48), "plain"),
    ("stretch", (48, 80), ""),
    ("stretch", (75, 64), ""),
    ("letterbox", (96, 131), "center"),
    ("letterbox", (131, 96), "top-left"),
]
FILTERS = ["nearest", "bilinear", "bicubic", "lanczos", "area"]
COLORS = ["RGB", "GRAY"]


def draw(drawing, width, height, channels):
    y, x, c = np.meshgrid(
        *(np.arange(n, dtype=np.uint64) for n in (height, width, channels)), indexing="ij")
    if drawing == "ramps":
        return ((x * 5 + y * 3 + c * 85) % 256).astype(np.uint8)
    mask = np.uint64(0xFFFFFFFF)
    v = (x * 7919 + y * 104729 + c * 1299709 + 12345) & mask
    v = (v * 1103515245 + 12345) & mask
    v = ((v ^ (v >> np.uint64(15))) * 2246822519) & mask
    v = ((v ^ (v >> np.uint64(13))) * 3266489917) & mask
    return ((v ^ (v >> np.uint64(16))) & np.uint64(255)).astype(np.uint8)


def resized(fit, size, rounding, width, height):
    """The size in (width, height) that the image is resized to."""
    if fit == "stretch":
        return size[1], size[0]
    if fit == "shortest-edge":
        edge = size[0]
        longer = edge * max(width, height) / min(width, height)
        longer = int(longer) if rounding == "torchvision" else round(longer)
        return (edge, longer) if width < height else (longer, edge)
    ratio = min(size[0] / height, size[1] / width)
    return round(width * ratio), round(height * ratio)


def framed(pixels, fit, size, rounding):
    height, width = pixels.shape[:2]
    if fit == "stretch":
        return pixels
    if fit == "letterbox":
        out = np.full((size[0], size[1]) + pixels.shape[2:], 114, np.uint8)
        centred = rounding == "center"
        top = round((size[0] - height) / 2 - 0.1) if centred else 0
        left = round((size[1] - width) / 2 - 0.1) if centred else 0
        out[top : top + height, left : left + width] = pixels
        return out
    offset = round if rounding == "torchvision" else int  # round() settles halves to even
    cut = (size[1], size[1])
    top, left = offset((height - cut[0]) / 2), offset((width - cut[1]) / 2)
    return pixels[top : top + cut[0], left : left + cut[1]]


def pillow(pixels, mode, color, size, filter):
    from PIL import Image

    image = Image.fromarray(pixels[:, :, 0] if mode == "L" else pixels, mode)
    if mode == "RGBA":
        over = Image.new("RGB", image.size, (255, 255, 255))
        over.paste(image, mask=image.getchannel("A"))
        image = over
    image = image.convert("L" if color == "GRAY" else "RGB")
    names = {"area": "BOX"}
    return np.asarray(image.resize(size, Image.Resampling[names.get(filter, filter.upper())]))


def opencv(pixels, mode, color, size, filter):
    import cv2

    image = np.ascontiguousarray(pixels[:, :, ::-1] if mode == "RGB" else pixels)
    if mode == "RGBA":
        image = cv2.cvtColor(image, cv2.COLOR_RGBA2BGR)
    if mode == "L" and color == "RGB":
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    if mode != "L" and color == "GRAY":
        image = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    flags = {
        "nearest": cv2.INTER_NEAREST,
        "bilinear": cv2.INTER_LINEAR,
        "bicubic": cv2.INTER_CUBIC,
        "lanczos": cv2.INTER_LANCZOS4,
        "area": cv2.INTER_AREA,
    }
    image = cv2.resize(image, size, interpolation=flags[filter])
    return image[:, :, ::-1] if color == "RGB" else image


def rows(engine):
    for (drawing, width, height, mode), (fit, size, rounding), filter, color in itertools.product(
        IMAGES, FITS, FILTERS, COLORS):
        if color == "GRAY" and mode != "L" and fit != "stretch":
            continue
        pixels = draw(drawing, width, height, len(mode))
        make = opencv if engine == "opencv" else pillow
        seen = make(pixels, mode, color, resized(fit, size, rounding, width, height), filter)
        seen = np.ascontiguousarray(framed(seen, fit, size, rounding))
        digest = hashlib.sha256(seen.tobytes()).hexdigest()
        yield f"{drawing},{width},{height},{mode},{fit},{size[0]},{size[1]},{rounding},{filter},{color},{engine},{digest}"


if __name__ == "__main__":
    if sys.argv[1] == "header":
        print("drawing,width,height,mode,fit,rows,columns,rounding,filter,color,engine,sha256")
    else:
        print("\n".join(rows(sys.argv[1])))
