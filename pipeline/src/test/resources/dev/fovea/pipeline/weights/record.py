"""Records what torchvision and timm compute, for LearnedNetworkTest: python record.py DIRECTORY

Writes networks/NAME.txt: the tensors of each network, and some of its logits for the test pattern with weights that a
formula draws (FormulaWeights). Written with torch 2.15, torchvision 0.29, timm 1.0.31.
"""
import sys
import pathlib
import numpy as np
import timm
import torch
import torchvision

MASK = (1 << 64) - 1


def uniform(name, count):
    """splitmix64 (Steele et al. 2014) from a seed that is FNV-1a of the name; 24 bits each, in [0, 1)."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & MASK
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 24)


def formula(name, shape):
    count = int(np.prod(shape))
    u = uniform(name, count)
    if name.endswith("running_var") or name.endswith("gamma") or (name.endswith("weight") and len(shape) == 1):
        values = 0.5 + u
    elif len(shape) == 1 or name in ("cls_token", "pos_embed"):
        values = 0.2 * (u - 0.5)
    else:
        values = (2 * u - 1) * np.sqrt(3.0 / np.prod(shape[1:]))
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def pattern(edge, mean, std):
    c, y, x = np.meshgrid(np.arange(3), np.arange(edge), np.arange(edge), indexing="ij")
    pixels = (x * x // 97 + 3 * y + 40 * c + 90 * ((x // 16 + y // 16) % 2)) % 256
    values = (pixels * (1 / 255.0) - np.array(mean).reshape(3, 1, 1)) / np.array(std).reshape(3, 1, 1)
    return torch.from_numpy(values.astype(np.float32))[None]


HALF = ([0.5] * 3, [0.5] * 3)
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
NETWORKS = [
    ("efficientnet-lite0", "timm", lambda: timm.create_model("tf_efficientnet_lite0"), 224, HALF),
    ("efficientnet-lite1", "timm", lambda: timm.create_model("tf_efficientnet_lite1"), 240, HALF),
    ("efficientnet-lite2", "timm", lambda: timm.create_model("tf_efficientnet_lite2"), 260, HALF),
    ("timm-efficientnet-lite0", "timm", lambda: timm.create_model("efficientnet_lite0"), 224, IMAGENET),
    ("mobilenet-v2", "torchvision", torchvision.models.mobilenet_v2, 224, IMAGENET),
    ("mobilenet-v2", "timm", lambda: timm.create_model("mobilenetv2_100"), 224, IMAGENET),
    ("mobilenet-v3-small", "torchvision", torchvision.models.mobilenet_v3_small, 224, IMAGENET),
    ("mobilenet-v3-small", "timm", lambda: timm.create_model("mobilenetv3_small_100"), 224, IMAGENET),
    ("mobilenet-v3-large", "torchvision", torchvision.models.mobilenet_v3_large, 224, IMAGENET),
    ("mobilenet-v3-large", "timm", lambda: timm.create_model("mobilenetv3_large_100"), 224, IMAGENET),
    ("resnet-18", "torchvision", torchvision.models.resnet18, 224, IMAGENET),
    ("resnet-34", "torchvision", torchvision.models.resnet34, 224, IMAGENET),
    ("resnet-50", "torchvision", torchvision.models.resnet50, 224, IMAGENET),
    ("convnext-nano", "timm", lambda: timm.create_model("convnext_nano"), 224, IMAGENET),
    ("vit-tiny", "timm", lambda: timm.create_model("vit_tiny_patch16_224"), 224, HALF),
    ("vit-small", "timm", lambda: timm.create_model("vit_small_patch16_224"), 224, HALF),
]


def main(directory):
    out = pathlib.Path(directory) / "networks"
    out.mkdir(parents=True, exist_ok=True)
    for word, library, make, edge, (mean, std) in NETWORKS:
        model = make().eval()
        state = {k: v for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
        model.load_state_dict({k: formula(k, tuple(v.shape)) for k, v in state.items()}, strict=False)
        with torch.no_grad():
            logits = model(pattern(edge, mean, std))[0].double().numpy()
        top = np.argsort(-logits)[:3].tolist() + [0, 500, 999]
        lines = [f"classes {' '.join(map(str, top))}", f"logits {' '.join(f'{logits[i]:.6f}' for i in top)}"]
        lines.append(f"mean {logits.mean():.7f}")
        lines += [f"{k} {' '.join(map(str, v.shape))}" for k, v in state.items()]
        (out / f"{word}.{library}.txt").write_text("\n".join(lines) + "\n")
        print(word, library, len(state), logits[top[:3]], flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
