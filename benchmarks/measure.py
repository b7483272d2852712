"""How fast, and beside what: each figure stands beside a peer that ran in the same minutes on the same machine.

    python benchmarks/measure.py [sentiment] [stance] [steps] [analyze] [cluster] [tables] [reports]

Without names all are measured, most of the time with 10,000 pages. What was measured replaces its rows in
measured.csv. Needs, beside requirements.txt, those of training, transformers and the extra [cluster].
"""

import sys
import tempfile
from pathlib import Path

import corpora
import models
import pandas as pd
import steps
from timing import COLUMNS

PARTS = {
    "sentiment": models.measure_sentiment,
    "stance": models.measure_stance,
    "steps": steps.measure_steps,
    "analyze": corpora.measure_analyze,
    "cluster": corpora.measure_cluster,
    "tables": corpora.measure_tables,
    "reports": corpora.measure_reports,
}


def main() -> None:
    file = Path(__file__).parent / "measured.csv"
    for part in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            rows = pd.DataFrame(PARTS[part](Path(folder)), columns=COLUMNS)
        print(rows.drop(columns="part").to_string(index=False), flush=True)
        before = pd.read_csv(file) if file.exists() else rows.head(0)
        every = pd.concat([before[before.part != part], rows])
        every.sort_values("part", key=lambda parts: parts.map(list(PARTS).index), kind="stable").to_csv(
            file, index=False
        )


if __name__ == "__main__":
    main()
