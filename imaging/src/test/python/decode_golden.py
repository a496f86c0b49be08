"""Draws the images of imaging/src/test/resources/decode and says what Pillow and OpenCV make of them.

    python -m venv venv && venv/bin/pip install pillow==13.0.0 numpy opencv-python-headless imagecodecs
    venv/bin/python imaging/src/test/python/decode_golden.py imaging/src/test/resources/decode

INDEX.csv holds for each file the size that is seen, and SHA-256 of the red-green-blue bytes by Pillow with transparency
over white, by Pillow with transparency dropped, by Pillow as stored (not turned), and by OpenCV (empty where it differs).
Everything is one drawing of 24 x 16 pixels, of which no turn and no swap of channels looks like another.
"""
import hashlib
import io
import pathlib
import struct
import sys
import zlib

import cv2
import imagecodecs
import numpy as np
from PIL import Image, ImageOps

WIDTH, HEIGHT = 24, 16
RGB, GRAY, SEPARATED, PALETTE, WHITE_IS_ZERO = 2, 1, 5, 3, 0
out = pathlib.Path(sys.argv[1])


def drawing():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.dstack([x * 10 + 5, 250 - y * 15, (x // 6 * 40 + y // 4 * 20) % 256]).astype(np.uint8)


rgb = drawing()
gray = np.asarray(Image.fromarray(rgb).convert("L"))
alpha = np.repeat(np.array([[255] * 12 + [128] * 6 + [0] * 6], np.uint8), HEIGHT, axis=0)
rgba = np.dstack([rgb, alpha])
multiplied = np.dstack([(rgb.astype(int) * alpha[..., None] // 255).astype(np.uint8), alpha])
cmyk = np.dstack([255 - rgb, np.repeat(np.arange(WIDTH, dtype=np.uint8)[None] * 5, HEIGHT, axis=0)])
indexed = Image.fromarray(rgb).quantize(16)
indices = np.asarray(indexed)
colors = np.array((indexed.getpalette() + [0] * 48)[:48]).reshape(16, 3)


def deep(values):
    return values.astype(np.uint16) << 8 | (values.astype(np.uint16) * 7 + 31) & 255


def packed(rows, bits, order):
    if bits < 8:
        shifted = rows[:, :, None].astype(int) >> np.arange(bits - 1, -1, -1) & 1
        return np.packbits(shifted.astype(np.uint8).reshape(len(rows), -1), axis=1).tobytes()
    return rows.astype(np.dtype(rows.dtype).newbyteorder(order)).tobytes()


def tiff(name, samples, photometric, bits, form=1, compression=1, order="<", extra=(), orientation=1, planar=1,
         tile=0, predictor=1, map=(), big=False, xmp=b""):
    samples = samples.reshape(HEIGHT, WIDTH, -1)
    count = samples.shape[2]
    chunks = []
    for plane in [samples] if planar == 1 else np.split(samples, count, axis=2):
        step = tile or HEIGHT
        for top in range(0, HEIGHT, step):
            for left in range(0, WIDTH, tile or WIDTH):
                part = plane[top:top + step, left:left + (tile or WIDTH)]
                part = np.pad(part, ((0, step - len(part)), (0, (tile or WIDTH) - part.shape[1]), (0, 0)), "edge")
                if predictor == 2:
                    part = np.concatenate([part[:, :1], part[:, 1:] - part[:, :-1]], axis=1)
                data = packed(part.reshape(step, -1), bits, order)
                chunks.append({1: lambda d: d, 5: imagecodecs.lzw_encode, 8: zlib.compress,
                               32773: imagecodecs.packbits_encode, 34925: imagecodecs.lzma_encode,
                               50000: imagecodecs.zstd_encode}[compression](data))
    tags = {256: [WIDTH], 257: [HEIGHT], 258: [bits] * count, 259: [compression], 262: [photometric],
            274: [orientation], 277: [count], 284: [planar], 339: [form] * count}
    if predictor > 1:
        tags[317] = [predictor]
    if extra:
        tags[338] = list(extra)
    if map:
        tags[320] = list(map)
    offsets, lengths = (324, 325) if tile else (273, 279)
    if tile:
        tags.update({322: [tile], 323: [tile]})
    else:
        tags[278] = [HEIGHT]
    at, positions = 16, []
    for chunk in chunks:
        positions.append(at)
        at += len(chunk) + len(chunk) % 2
    tags.update({offsets: positions, lengths: [len(chunk) for chunk in chunks]})
    if xmp:
        tags[700] = xmp
    entries, values = b"", b""
    size, width, inline = ("Q", 20, 8) if big else ("I", 12, 4)
    head = 8 if big else 2
    after = at + head + width * len(tags) + inline
    for tag in sorted(tags):
        kind = 1 if tag == 700 else 4 if tag in (offsets, lengths) else 3
        value = tags[tag]
        data = value if kind == 1 else struct.pack(order + {3: "H", 4: "I"}[kind] * len(value), *value)
        entries += struct.pack(order + "HH" + size, tag, kind, len(value))
        if len(data) <= inline:
            entries += data.ljust(inline, b"\0")
        else:
            entries += struct.pack(order + size, after + len(values))
            values += data + b"\0" * (len(data) % 2)
    mark = b"II" if order == "<" else b"MM"
    start = struct.pack(order + "HHHQ", 43, 8, 0, at) if big else struct.pack(order + "HI", 42, at).ljust(14, b"\0")
    body = b"".join(chunk + b"\0" * (len(chunk) % 2) for chunk in chunks)
    directory = struct.pack(order + ("Q" if big else "H"), len(tags)) + entries + struct.pack(order + size, 0) + values
    (out / name).write_bytes(mark + start + body + directory)


def tiffs():
    for orientation in range(1, 9):
        tiff(f"rgb8-turned-{orientation}.tif", rgb, RGB, 8, orientation=orientation)
    tiff("rgba8-straight.tif", rgba, RGB, 8, extra=[2])
    tiff("rgba8-multiplied.tif", multiplied, RGB, 8, extra=[1])
    tiff("rgb8-unspecified.tif", rgba, RGB, 8, extra=[0])
    tiff("rgba16-straight.tif", deep(rgba), RGB, 16, extra=[2], order=">", compression=8)
    tiff("gray8-alpha.tif", np.dstack([gray, alpha]), GRAY, 8, extra=[2])
    tiff("gray8-white-is-zero.tif", 255 - gray, WHITE_IS_ZERO, 8, compression=5)
    for bits in (1, 2, 4):
        tiff(f"gray{bits}.tif", gray >> 8 - bits, GRAY, bits)
    tiff("gray16-numbers.tif", gray.astype(np.int16), GRAY, 16, form=2)
    tiff("gray32-float.tif", gray.astype(np.float32), GRAY, 32, form=3)
    tiff("rgb16-lzw-predictor.tif", deep(rgb), RGB, 16, compression=5, predictor=2)
    tiff("rgb8-planes-tiles.tif", rgb, RGB, 8, planar=2, tile=16, compression=8)
    tiff("rgb8-packbits-big.tif", rgb, RGB, 8, compression=32773, big=True)
    tiff("rgb8-zstd.tif", rgb, RGB, 8, compression=50000)
    tiff("rgb8-lzma.tif", rgb, RGB, 8, compression=34925)
    tiff("cmyk8.tif", cmyk, SEPARATED, 8)
    tiff("cmyk16.tif", deep(cmyk), SEPARATED, 16, order=">")
    tiff("palette4.tif", indices, PALETTE, 4, map=(colors.T * 257).ravel().tolist())
    tiff("rgb8-xmp-6.tif", rgb, RGB, 8, xmp=b'<d tiff:Orientation="6"/>')
    bits = Image.fromarray(gray).convert("1")
    for coding in ("tiff_ccitt", "group3", "group4"):
        bits.save(out / f"bits-{coding}.tif", compression=coding)
    for mode in ("RGB", "YCbCr", "CMYK", "L"):
        Image.fromarray(rgb).convert(mode).save(out / f"jpeg-{mode}.tif".lower(), compression="jpeg", quality=90)


def bmp(name, header, bits, rows, masks=(), palette=b"", compression=0):
    rows = rows[::-1]
    data = b""
    for row in rows.reshape(HEIGHT, -1):
        line = packed(row[None], bits, "<") if bits < 8 else row.tobytes()
        data += line + b"\0" * (-len(line) % 4)
    mask = struct.pack(f"<{len(masks)}I", *masks)
    if header == 12:
        info = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, WIDTH, HEIGHT, 1, bits, compression, len(data), 0, 0, 0, 0)
        info = (info + mask).ljust(header, b"\0") if header > 40 else info + mask
    start = 14 + len(info) + len(palette)
    (out / name).write_bytes(b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + info + palette + data)


def bmps():
    parts = rgb.astype(np.uint32)
    red, green, blue, seen = parts[..., 0], parts[..., 1], parts[..., 2], alpha.astype(np.uint32)
    bgr = colors[:, ::-1].astype(np.uint8)
    bmp("os2-palette4.bmp", 12, 4, indices, palette=bgr.tobytes())
    bmp("os2-24.bmp", 12, 24, rgb[..., ::-1])
    bmp("palette4.bmp", 40, 4, indices, palette=np.pad(bgr, ((0, 0), (0, 1))).tobytes())
    bmp("masks-555.bmp", 40, 16, (red >> 3 << 10 | green >> 3 << 5 | blue >> 3).astype("<u2"))
    bmp("masks-565.bmp", 40, 16, (red >> 3 << 11 | green >> 2 << 5 | blue >> 3).astype("<u2"),
        (0xF800, 0x7E0, 0x1F), compression=3)
    bmp("masks-xbgr.bmp", 40, 32, (red << 24 | green << 16 | blue << 8).astype("<u4"),
        (0xFF000000, 0xFF0000, 0xFF00), compression=3)
    five = red >> 3 << 10 | green >> 3 << 5 | blue >> 3
    bmp("masks-1555.bmp", 108, 16, (five | (seen > 100).astype(np.uint32) << 15).astype("<u2"),
        (0x7C00, 0x3E0, 0x1F, 0x8000), compression=3)
    bmp("masks-none-alpha.bmp", 40, 32, (seen << 24 | red << 16 | green << 8 | blue).astype("<u4"),
        (0, 0, 0), compression=3)
    bmp("masks-24.bmp", 124, 24, rgb[..., ::-1], (0xFF0000, 0xFF00, 0xFF, 0xFF000000), compression=3)
    bmp("masks-abgr.bmp", 108, 32, (red << 24 | green << 16 | blue << 8 | seen).astype("<u4"),
        (0xFF000000, 0xFF0000, 0xFF00, 0xFF), compression=3)
    bmp("masks-bgar.bmp", 56, 32, (red << 24 | seen << 16 | green << 8 | blue).astype("<u4"),
        (0xFF000000, 0xFF00, 0xFF, 0xFF0000), compression=3)
    bmp("masks-rgba.bmp", 108, 32, (seen << 24 | blue << 16 | green << 8 | red).astype("<u4"),
        (0xFF, 0xFF00, 0xFF0000, 0xFF000000), compression=3)
    bmp("masks-alpha.bmp", 124, 32, (seen << 24 | red << 16 | green << 8 | blue).astype("<u4"),
        (0xFF0000, 0xFF00, 0xFF, 0xFF000000), compression=3)


def others():
    image, see_through = Image.fromarray(rgb), Image.fromarray(rgba)
    for mode in ("RGB", "L", "CMYK"):
        image.convert(mode).save(out / f"{mode.lower()}.jpg", quality=90)
    image.convert("CMYK").save(out / "cmyk-progressive.jpg", quality=80, progressive=True)
    image.save(out / "xmp-8.jpg", quality=90, xmp=b"<d><tiff:Orientation>8</tiff:Orientation></d>")
    ycck = bytearray((out / "cmyk.jpg").read_bytes())
    ycck[ycck.index(b"Adobe") + 11] = 2
    (out / "ycck.jpg").write_bytes(ycck)
    image.save(out / "rgb.png")
    see_through.save(out / "rgba.png")
    indexed.save(out / "palette.png", transparency=bytes([0, 128, 255, 90]))
    Image.fromarray(gray).save(out / "gray-transparent.png", transparency=int(gray[5, 5]))
    image.save(out / "rgb-transparent.png", transparency=tuple(map(int, rgb[5, 5])))
    see_through.save(out / "rgba.webp", lossless=True, exact=True)
    image.save(out / "xmp-3.webp", lossless=True, xmp=b'<d tiff:Orientation="3"/>')
    indexed.save(out / "palette.gif")
    indexed.save(out / "transparent.gif", transparency=3)
    beyond = bytearray((out / "transparent.gif").read_bytes())
    beyond[6:10] = struct.pack("<HH", 20, 10)
    (out / "beyond-screen.gif").write_bytes(beyond)
    image.save(out / "rgb.ppm")
    image.convert("L").save(out / "gray.pgm")
    image.convert("1").save(out / "bits.pbm")
    text = b"P3\n# text\n24 16 255\n" + b" ".join(b"%d" % v for v in rgb.ravel())
    (out / "text.ppm").write_bytes(text + b"\n")
    (out / "comments.ppm").write_bytes(b"P6\n#a\n24#b\n 16 #c\n#d\n255\n" + rgb.tobytes())
    (out / "white-31.ppm").write_bytes(b"P6 24 16 31\n" + (rgb >> 3).tobytes())


def pixels(name, turned):
    image = Image.open(io.BytesIO((out / name).read_bytes()))
    image.load()
    if turned:
        image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
        over = Image.new("RGB", image.size, (255, 255, 255))
        over.paste(image, mask=image.getchannel("A"))
        return over, image.convert("RGB")
    return image.convert("RGB"), image.convert("RGB")


def stored(name):
    """As stored: Pillow turns TIFFs by their tag while it reads them, so there the tag is taken out first."""
    content = bytearray((out / name).read_bytes())
    if name.startswith("rgb8-turned"):
        position = content.index(struct.pack("<HHI", 274, 3, 1)) + 8
        content[position:position + 2] = b"\1\0"
    image = Image.open(io.BytesIO(content))
    return image.convert("RGBA").convert("RGB") if image.mode in ("RGBA", "LA", "P") else image.convert("RGB")


def sha(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def opencv(name, dropped):
    image = cv2.imread(str(out / name), cv2.IMREAD_COLOR)
    found = "" if image is None else hashlib.sha256(cv2.cvtColor(image, cv2.COLOR_BGR2RGB).tobytes()).hexdigest()
    return found if found == dropped else ""


def main():
    out.mkdir(parents=True, exist_ok=True)
    tiffs()
    bmps()
    others()
    lines = ["file,width,height,over_white,dropped,as_stored,opencv"]
    for path in sorted(out.iterdir()):
        if path.suffix != ".csv":
            over, dropped = pixels(path.name, True)
            hashes = [sha(over), sha(dropped), sha(stored(path.name)), opencv(path.name, sha(dropped))]
            lines.append(",".join([path.name, str(over.width), str(over.height), *hashes]))
    (out / "INDEX.csv").write_text("\n".join(lines) + "\n")


main()
