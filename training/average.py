"""Average the weights of several stages of one training: average.py runs/1 runs/3 runs/4 --out runs/mean

The mean of stages that follow each other is often better than each (Wortsman et al. 2022, "Model soups"): the early
ones know the benchmarks better, the late ones our own sentences.
"""

import argparse
import json
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stages", type=Path, nargs="+", help="folders of one training, in order")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    weights = [torch.load(folder / "model.pt") for folder in args.stages]
    mean = {
        name: sum(stage[name] for stage in weights) / len(weights) if value.is_floating_point() else value
        for name, value in weights[-1].items()
    }
    torch.save(mean, args.out / "model.pt")
    recipe = json.loads((args.stages[-1] / "recipe.json").read_text())
    stages = [len(json.loads((folder / "recipe.json").read_text())) for folder in args.stages]
    recipe[-1]["mean_of_stages"] = stages
    (args.out / "recipe.json").write_text(json.dumps(recipe))


if __name__ == "__main__":
    main()
