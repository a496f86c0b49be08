"""Decodes images with Pillow 13 for bench/run decode-check.

Reads one file name a line and answers in binary: a byte 0 and a length-prefixed reason where Pillow refuses, else a byte
1, the format's name (length-prefixed), width, height, and two times width*height*3 bytes: red, green, blue with
transparency over white, and with transparency dropped. Numbers are 32-bit, big endian.

The image is turned by its EXIF orientation. Where Pillow's own convert("RGB") loses what a file holds, the file counts:
16 bits of grey keep their high byte (Pillow cuts everything above 255 to white), a 16-bit TIFF whose white is 0 is
turned to its positive, and a TIFF of 12 bits keeps its highest 8. Files are read from memory: Pillow 13.0 maps an
uncompressed TIFF from the disk with its edges swapped when its orientation is 5 to 8. Uncompressed TIFFs are read by
libtiff too, since Pillow's own way mixes up the bytes of planes of 16 bits; and floating-point numbers of
big-endian files, which Pillow gives with their bytes reversed, are put in order. The transparent colour of a PNG of 1, 2,
4 or 16 bits per sample is brought to the scale of Pillow's pixels, which Pillow forgets.
"""
import io
import struct
import sys
import warnings

import numpy
import PIL
from PIL import Image, ImageOps, TiffImagePlugin

FORMATS = {"JPEG", "MPO", "PNG", "WEBP", "BMP", "DIB", "TIFF", "GIF", "PPM", "AVIF"}
BITS_PER_SAMPLE, PHOTOMETRIC = 258, 262


def gray16(image, original):
    values = numpy.asarray(image).astype(numpy.uint16)
    tags = getattr(original, "tag_v2", {})
    shift = 4 if tags.get(BITS_PER_SAMPLE, (16,))[0] == 12 else 8
    values = (values >> shift).astype(numpy.uint8)
    return Image.fromarray(255 - values if tags.get(PHOTOMETRIC) == 0 and tags else values)


def transparent(image, header):
    """The key of a PNG on the scale of the pixels that Pillow gives."""
    depth, color, key = header[24], header[25], image.info["transparency"]
    if color == 0 and depth < 8:
        image.info["transparency"] = key * 255 // (2**depth - 1)
    elif color == 2 and depth == 16:
        image.info["transparency"] = tuple(value >> 8 for value in key)


def pixels(name):
    with open(name, "rb") as file:
        content = file.read()
    original = Image.open(io.BytesIO(content))
    original.load()
    image = ImageOps.exif_transpose(original)
    if original.format == "PNG" and "transparency" in image.info:
        transparent(image, content)
    if image.mode == "F" and original.format == "TIFF" and original.tag_v2.prefix == b"MM":
        image = Image.fromarray(numpy.asarray(image).byteswap())
    if image.mode.startswith("I;16") and "transparency" in image.info:
        values = numpy.asarray(image)
        alpha = numpy.where(values == image.info["transparency"], 0, 255).astype(numpy.uint8)
        image = Image.merge("LA", (gray16(image, original), Image.fromarray(alpha)))
    if image.mode.startswith("I;16") or image.mode == "I" and original.format == "PPM":
        image = gray16(image, original)
    if image.mode in ("RGBA", "LA", "PA", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        over = Image.new("RGB", image.size, (255, 255, 255))
        over.paste(image, mask=image.getchannel("A"))
        return original.format, over, image.convert("RGB")
    image = image.convert("RGB")
    return original.format, image, image


def text(value):
    encoded = value.encode()
    return struct.pack(">I", len(encoded)) + encoded


def answer(name):
    try:
        kind, over, dropped = pixels(name)
    except Exception as error:
        return b"\0" + text(f"{type(error).__name__}: {error}"[:200])
    if kind not in FORMATS:
        return b"\0" + text(f"Pillow says {kind}, which is not compared")
    return b"\1" + text(kind) + struct.pack(">II", *over.size) + over.tobytes() + dropped.tobytes()


def main():
    warnings.simplefilter("ignore")
    TiffImagePlugin.READ_LIBTIFF = True
    Image.MAX_IMAGE_PIXELS = 50_000_000
    out = sys.stdout.buffer
    out.write(text(PIL.__version__))
    out.flush()
    for line in sys.stdin:
        out.write(answer(line.rstrip("\n")))
        out.flush()


main()
