"""What the network learns from: a sentence with its pairs."""

from dataclasses import dataclass, field


@dataclass
class Example:
    """A sentence; pairs are (voice, holder_start, holder_end, target_start, target_end, class).

    Classes are 0 against, 1 none, 2 favor.
    """

    text: str
    pairs: list[tuple] = field(default_factory=list)
    source: str = ""
    group: str = ""
    keys: list[tuple] = field(default_factory=list)  # of written sentences: holder and target letters of each pair
