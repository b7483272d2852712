"""Train the stance model: python training/train.py DATA --out runs/first [--start runs/x/model.pt] [--mix ...].

Every epoch draws each set as often as --mix says, fills the written sentences and renames the coded ones afresh,
sorts by length into batches, and writes model.pt (averaged weights) with its dev figures to log.jsonl.
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
from base import base_folder
from data import read_all
from model import Stance, load_base
from scoring import dev_figures, encode, make_batches, to_tensors
from tokenizers import Tokenizer
from vary import refill, rename

MASK = 103  # BERT's token for a hidden word
DEFAULT_MIX = "newsmtsc=1,dse=1,countries=1,cambodia=1,written=1"


def draw_epoch(sets: dict, mix: dict[str, float], random_: random.Random) -> list:
    """This epoch's examples: a share of each set (2.5 = twice, and half of it once more)."""
    drawn = []
    for name, times in mix.items():
        rows = list(sets[name]) * int(times)
        rows += random_.sample(sets[name], round(len(sets[name]) * (times % 1)))
        if name == "written":
            rows = [refill(row[1], row[2], random_, row[0]) for row in rows]
        elif name in ("countries", "cambodia"):
            rows = [rename(row, random_) if random_.random() < 0.5 else row for row in rows]
        drawn += rows
    return drawn


def hide_words(rows: list, share: float, random_: random.Random) -> list:
    """The encoded sentences with a share of their words hidden, never those of a holder or target."""
    hidden = []
    for ids, pairs in rows:
        spared = {0, len(ids) - 1} | {at for _, *spans, _ in pairs for span in spans for at in range(*span)}
        ids = [MASK if at not in spared and random_.random() < share else token for at, token in enumerate(ids)]
        hidden.append((ids, pairs))
    return hidden


def group_weights(model: Stance, rate: float, decay: float) -> list[dict]:
    """Layer-wise learning rates: the head and the role vectors fastest, the lowest layer slowest."""
    groups = [{"params": [model.positions.weight, model.kind, *model.norm.parameters()], "lr": rate * decay**6}]
    groups += [
        {"params": [*model.hidden.parameters(), *model.head.parameters()], "lr": rate * 4},
        {"params": [model.roles, model.voices], "lr": rate * 10},
    ]
    for depth, layer in enumerate(reversed(model.layers)):
        groups.append({"params": list(layer.parameters()), "lr": rate * decay**depth})
    return groups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to go on from; default: the published MiniLM")
    parser.add_argument("--mix", default=DEFAULT_MIX)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--minutes", type=float, default=600, help="end by then, the rates falling in step")
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--shared", type=int, default=2)
    parser.add_argument("--pairs", type=int, default=24, help="pairs a batch")
    parser.add_argument("--hide", type=float, default=0.0, help="share of words hidden, afresh each epoch")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    before = json.loads((args.start.parent / "recipe.json").read_text()) if args.start else []
    recipe = {name: value for name, value in vars(args).items() if name not in ("data", "out", "start")}
    (args.out / "recipe.json").write_text(json.dumps([*before, recipe]))
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    random_ = random.Random(args.seed)
    sets = read_all(args.data)
    mix = {name: float(times) for name, times in (part.split("=") for part in args.mix.split(","))}
    folder = base_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Stance(shared=args.shared)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    else:
        from safetensors.torch import load_file

        load_base(model, load_file(folder / "model.safetensors"))
    model.words.weight.requires_grad_(False)
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998))
    optimizer = torch.optim.AdamW(group_weights(model, args.rate, args.decay), weight_decay=0.01)
    peak = [group["lr"] for group in optimizer.param_groups]
    per_epoch = len(
        make_batches(
            [encode(tokenizer, e) for e in draw_epoch(sets, mix, random.Random(0))], args.pairs, random.Random(0)
        )
    )
    total, step, start = int(per_epoch * args.epochs), 0, time.time()
    print(f"{per_epoch} batches an epoch, {total} in all", flush=True)
    epoch = 0
    done = 0.0
    while done < 1:
        epoch += 1
        rows = hide_words([encode(tokenizer, e) for e in draw_epoch(sets, mix, random_)], args.hide, random_)
        batches = make_batches(rows, args.pairs, random_)
        model.train()
        running = 0.0
        for batch in batches:
            done = max(step / total, (time.time() - start) / (60 * args.minutes))
            if done >= 1:
                break
            step += 1
            warm = min(1.0, step / (0.06 * total)) * (1 - done)
            for group, rate in zip(optimizer.param_groups, peak, strict=True):
                group["lr"] = rate * warm
            inputs, labels, weights = to_tensors(batch)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(*inputs)
            losses = torch.nn.functional.cross_entropy(logits.float(), labels, label_smoothing=0.05, reduction="none")
            loss = (losses * weights).sum() / weights.sum()
            model.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            average.update_parameters(model)
            running = 0.99 * running + 0.01 * loss.item() if step > 1 else loss.item()
            if step % 200 == 0:
                torch.save(average.module.state_dict(), args.out / "model.pt")
                print(f"step {step}/{total} loss {running:.4f} {time.time() - start:.0f} s", flush=True)
        figures = dev_figures(average.module, tokenizer, sets)
        torch.save(average.module.state_dict(), args.out / "model.pt")
        record = {"epoch": epoch, "step": step, "seconds": round(time.time() - start), **figures}
        recipe["steps"] = step
        (args.out / "recipe.json").write_text(json.dumps([*before, recipe]))
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(record) + "\n")
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
