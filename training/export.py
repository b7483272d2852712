"""Write a trained model as helpers/model: python training/export.py runs/x/model.pt --out helpers/model

Makes stance.onnx (int8 weights) and tokenizer.json; measure.py then adds its
figures to figures.json, and card.py writes card.md from them.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from base import base_folder
from model import Stance
from onnxruntime.quantization import QuantType, quantize_dynamic

SHAPES = {
    "tokens": ("sentences", "length"),
    "mask": ("sentences", "length"),
    "sentence": ("pairs",),
    "holder": ("pairs", "length"),
    "target": ("pairs", "length"),
    "voice": ("pairs",),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="do not quantize, to see what int8 costs")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    recipe = json.loads((args.weights.parent / "recipe.json").read_text())
    model = Stance(shared=recipe[-1]["shared"]).eval()
    model.load_state_dict(torch.load(args.weights))
    example = (
        torch.randint(5, 100, (2, 7)),
        torch.ones(2, 7),
        torch.tensor([0, 1, 1]),
        torch.zeros(3, 7),
        torch.ones(3, 7),
        torch.tensor([0, 1, 2]),
    )
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model,
            example,
            plain,
            input_names=list(SHAPES),
            output_names=["logits"],
            dynamo=False,
            opset_version=17,
            dynamic_axes={name: dict(enumerate(axes)) for name, axes in SHAPES.items()},
        )
        if args.float:
            shutil.copy(plain, args.out / "stance.onnx")
        else:
            quantize_dynamic(plain, args.out / "stance.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(base_folder() / "tokenizer.json", args.out / "tokenizer.json")
    (args.out / "figures.json").write_text(json.dumps({"recipe": recipe}))
    print(f"{(args.out / 'stance.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
