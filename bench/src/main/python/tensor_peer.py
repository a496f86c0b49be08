"""Turns JPEGs into tensors with Pillow and numpy for bench/run decode.

Reads lines "MODE COUNT FILE" and answers each with the milliseconds of processor time per image. MODE is exact, or fast
for a reduced scale of the JPEG format. The first line that it writes is Pillow's version.
Shortest edge 256, bilinear, the middle 224 x 224, blue first, 0 to 1: float32 [3, 224, 224].
"""

import io
import sys
import time

import numpy
import PIL
from PIL import Image, ImageOps

EDGE, CROP = 256, 224


def tensor(file, fast):
    image = Image.open(io.BytesIO(file))
    if fast:
        image.draft("RGB", scaled(*image.size))
    image = ImageOps.exif_transpose(image).convert("RGB")
    width, height = scaled(*image.size)
    left, top = (width - CROP) // 2, (height - CROP) // 2
    image = image.resize((width, height), Image.BILINEAR).crop((left, top, left + CROP, top + CROP))
    values = numpy.asarray(image)[:, :, ::-1].astype(numpy.float32)
    values *= numpy.float32(1 / 255)
    return numpy.ascontiguousarray(values.transpose(2, 0, 1))


def scaled(width, height):
    if width <= height:
        return EDGE, EDGE * height // width
    return EDGE * width // height, EDGE


print(PIL.__version__, flush=True)
for line in sys.stdin:
    mode, count, name = line.rstrip("\n").split(" ", 2)
    with open(name, "rb") as opened:
        file = opened.read()
    start = time.process_time()
    for _ in range(int(count)):
        tensor(file, mode == "fast")
    print((time.process_time() - start) * 1000 / int(count), flush=True)
