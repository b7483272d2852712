"""Train the offence model: python training/offence.py DATA --out runs/offence

Reads OLID's tweets (DATA/olid), trains MiniLM with a head of its own, and writes after each epoch the averaged weights
(model.pt) and what the val split says of them (log.jsonl). The val split chooses; the test split is never read.
"""

import argparse
import html
import json
import random
import time
from pathlib import Path

import torch
from base import base_folder
from metrics import macro_f1
from model import HIDDEN, LAYERS, POSITIONS, VOCABULARY, Drop, Layer, load_base, mean_of
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from train import hide_words

LONGEST = 128  # tokens; longer texts are read in windows at run time


class Offence(nn.Module):
    """The logit that a text is offensive: MiniLM, read at its first token and as the mean of all."""

    def __init__(self, dropout: float = 0.1):
        super().__init__()
        self.words, self.positions = nn.Embedding(VOCABULARY, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.kind, self.norm = nn.Parameter(torch.zeros(HIDDEN)), nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.hidden, self.head = nn.Linear(2 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, 1)
        self.drop = Drop(dropout)

    def forward(self, tokens, mask):
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        x = self.drop(self.norm(self.words(tokens) + self.positions.weight[: tokens.shape[1]] + self.kind))
        for layer in self.layers:
            x = layer(x, bias)
        read = torch.cat([x[:, 0], mean_of(x, mask)], dim=-1)
        return self.head(self.drop(torch.tanh(self.hidden(self.drop(read)))))[:, 0]


def read_olid(folder: Path, split: str) -> list[tuple[str, int]]:
    """(tweet, 1 if offensive) of a split."""
    texts = (folder / f"off-{split}-text.txt").read_text("utf-8").split("\n")
    labels = (folder / f"off-{split}-labels.txt").read_text("utf-8").split()
    return [(html.unescape(text.strip()), int(label)) for text, label in zip(texts, labels, strict=False)]


def to_batch(rows: list[tuple[list[int], int]]) -> tuple:
    """Token ids, mask and labels of a few encoded texts."""
    length = max(len(ids) for ids, _ in rows)
    tokens, mask = torch.zeros(len(rows), length, dtype=torch.long), torch.zeros(len(rows), length)
    for i, (ids, _) in enumerate(rows):
        tokens[i, : len(ids)], mask[i, : len(ids)] = torch.tensor(ids), 1
    return tokens, mask, torch.tensor([float(label) for _, label in rows])


def score(model: nn.Module, rows: list) -> list[float]:
    """The probability that each encoded text is offensive."""
    model.eval()
    with torch.no_grad():
        logits = [model(*to_batch(rows[i : i + 32])[:2]).float() for i in range(0, len(rows), 32)]
    return torch.sigmoid(torch.cat(logits)).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--hide", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    random_ = random.Random(args.seed)
    folder = base_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    sets = {
        split: [(tokenizer.encode(text).ids[:LONGEST], label) for text, label in read_olid(args.data / "olid", split)]
        for split in ("train", "val")
    }
    model = Offence()
    load_base(model, load_file(folder / "model.safetensors"))
    model.words.weight.requires_grad_(False)
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.996))
    groups = [{"params": [*model.hidden.parameters(), *model.head.parameters()], "lr": args.rate * 4}]
    groups += [{"params": [model.positions.weight, model.kind, *model.norm.parameters()], "lr": args.rate * 0.5}]
    for depth, layer in enumerate(reversed(model.layers)):
        groups.append({"params": list(layer.parameters()), "lr": args.rate * args.decay**depth})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    peak = [group["lr"] for group in groups]
    total, step, start = len(sets["train"]) // 32 * args.epochs, 0, time.time()
    for epoch in range(1, args.epochs + 1):
        rows = [
            (ids, label)
            for (ids, _), (_, label) in zip(
                hide_words([(ids, []) for ids, _ in sets["train"]], args.hide, random_), sets["train"], strict=True
            )
        ]
        rows.sort(key=lambda row: len(row[0]) + random_.random() * 4)
        batches = [rows[i : i + 32] for i in range(0, len(rows) - 31, 32)]
        random_.shuffle(batches)
        model.train()
        for batch in batches:
            step += 1
            warm = min(1.0, step / (0.06 * total)) * max(0.0, (total - step) / total)
            for group, rate in zip(optimizer.param_groups, peak, strict=True):
                group["lr"] = rate * warm
            tokens, mask, labels = to_batch(batch)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(tokens, mask)
            loss = nn.functional.binary_cross_entropy_with_logits(logits.float(), labels * 0.9 + 0.05)
            model.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            average.update_parameters(model)
        truth = torch.tensor([label for _, label in sets["val"]]).numpy()
        probability = torch.tensor(score(average.module, sets["val"])).numpy()
        record = {"epoch": epoch, "seconds": round(time.time() - start), "loss": round(loss.item(), 4)}
        record |= {
            f"f1_at_{at}": round(macro_f1(truth, (probability > at).astype(int), 2), 4) for at in (0.4, 0.45, 0.5)
        }
        torch.save(average.module.state_dict(), args.out / "model.pt")
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(record) + "\n")
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
