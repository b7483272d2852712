"""Pairs a second of the stance model beside a RoBERTa-base, which is what the known systems run for each pair.

    python benchmarks/stance.py        (needs training/requirements.txt and transformers; writes stance.json)

The pairs are those of the seeds. RoBERTa-base has random weights, which cost the same, and reads each pair as sentence
and target in batches of 16 sorted by length, in torch: in float32, as published, and in bfloat16. Both use all cores.
"""
import json
import time
from pathlib import Path

import torch
from transformers import RobertaConfig, RobertaModel

import helpers
from helpers.network import load_network

HERE = Path(__file__).parent
ROUNDS = 3


def best_of(run) -> float:
    """Seconds of the fastest of a few rounds, after one that is not counted."""
    run()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    analysis = helpers.analyze(helpers.load(HERE.parent / "seeds"))
    keys = ["doc_id", "sentence_id"]
    rows = analysis.stance.merge(analysis.sentences[[*keys, "start", "text"]], on=keys)
    places = ["holder_start", "holder_end", "target_start", "target_end"]
    pairs = rows[["text"]].join(rows[places].sub(rows.start, axis=0))
    inside = pairs.holder_start.isna() | (pairs.holder_start.ge(0) & pairs.holder_end.le(pairs.text.str.len()))
    pairs = pairs[inside]
    ours = best_of(lambda: helpers.score_pairs(pairs))

    tokenizer = load_network().tokenizer
    lengths = sorted(len(tokenizer.encode(text).ids) + 4 for text in pairs.text)
    model = RobertaModel(RobertaConfig()).eval()
    seconds = {}
    for name, is_half in (("float32", False), ("bfloat16", True)):
        def run(is_half=is_half):
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=is_half):
                for at in range(0, len(lengths), 16):
                    model(torch.randint(5, 50000, (len(lengths[at:at + 16]), lengths[at:at + 16][-1])))
        seconds[name] = best_of(run)
    result = {"pairs": len(pairs), "ours": round(len(pairs) / ours, 1),
              **{f"roberta_{name}": round(len(pairs) / value, 1) for name, value in seconds.items()},
              **{f"times_{name}": round(value / ours, 1) for name, value in seconds.items()}}
    (HERE / "stance.json").write_text(json.dumps(result, indent=1) + "\n")
    print(result)


if __name__ == "__main__":
    main()
