"""Pages for the benchmarks: paragraphs of the seeds put together anew, with other numbers and other words.

    python benchmarks/pages.py 1000 FOLDER

Each page draws a title, six to twelve paragraphs and, one page in five, up to eight of the readers' comments. In each
paragraph every number is another, and one plain word in three is changed for another word of the seeds, so that hardly
a sentence stands twice and no cache can help. The same number of pages is the same pages, everywhere.
"""

import random
import re
import sys
from pathlib import Path

import helpers

SEEDS = Path(__file__).parent.parent / "seeds"
WORD = re.compile(r"\b[a-z]{5,}\b")


def read_stock() -> tuple[list[str], list[str], list[str], list[str]]:
    """Titles, paragraphs, comments and plain words of the seeds."""
    corpus = helpers.load(SEEDS)
    text = dict(zip(corpus.documents.doc_id, corpus.documents.text, strict=True))
    parts = {role: [" ".join(text[row.doc_id][row.start : row.end].split()) for row in rows.itertuples()]
             for role, rows in corpus.spans.groupby("role")}  # fmt: skip
    paragraphs = [words for words in parts["body"] if len(words) > 120]
    comments = [" ".join(words.split()) for words in corpus.comments.text if words]
    titles = list(corpus.documents.title.dropna()) + parts.get("heading", [])
    return titles, paragraphs, comments, sorted(set(WORD.findall(" ".join(paragraphs))))


def vary(words: str, vocabulary: list[str], rng: random.Random) -> str:
    """A text with other numbers, and one plain word in three changed for another."""
    words = re.sub(r"\d+", lambda match: str(rng.randint(1, 10 ** len(match[0]) - 1)), words)
    return WORD.sub(lambda match: rng.choice(vocabulary) if rng.random() < 0.3 else match[0], words)


def make_pages(n: int, folder: Path) -> None:
    """Write n pages, a file each."""
    titles, paragraphs, comments, vocabulary = read_stock()
    folder.mkdir(parents=True)
    for number in range(n):
        rng = random.Random(number)
        parts = [vary(rng.choice(titles), vocabulary, rng), f"{rng.randint(1, 28)} March {rng.randint(1995, 2024)}"]
        parts += [vary(words, vocabulary, rng) for words in rng.sample(paragraphs, rng.randint(6, 12))]
        if rng.random() < 0.2:
            chosen = rng.choices(comments, k=rng.randint(2, 8))
            parts.append(f"{len(chosen)} comments:")
            parts += [f"Anonymous said...\n{vary(words, vocabulary, rng)}\n3 April 2014 at 1{i}:05" for i, words in
                      enumerate(chosen)]  # fmt: skip
        (folder / f"page{number:06}.txt").write_text("\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    make_pages(int(sys.argv[1]), Path(sys.argv[2]))
