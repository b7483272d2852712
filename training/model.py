"""The directed stance network: a sentence is read once, then once more, shallowly, for each of its pairs.

MiniLM's first layers read the sentence; what they give is shared by all its (holder, target) pairs. Each pair then
adds a learned vector to the tokens of its holder and of its target, one for its voice to the first token, and runs
through the remaining layers; the head reads the first token and the means of both spans.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from helpers.network import VOICES

SHARED = 2  # layers run once per sentence; the others run once per pair
HIDDEN, LAYERS, HEADS, VOCABULARY, POSITIONS = 384, 6, 12, 30522, 512


class Drop(nn.Module):
    """Dropout that hides the same features along a whole sentence: as good here, and much cheaper on a CPU."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share

    def forward(self, x):
        if not self.training or not self.share:
            return x
        kept = (torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]) >= self.share).to(x.dtype)
        return x * (kept / (1 - self.share))


class Layer(nn.Module):
    """One BERT layer, written out so that the exported graph is plain matrix products."""

    def __init__(self, dropout: float):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.up, self.down = nn.Linear(HIDDEN, 4 * HIDDEN), nn.Linear(4 * HIDDEN, HIDDEN)
        self.after_attention, self.after = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.drop = Drop(dropout)

    def forward(self, x, bias):
        n, length, _ = x.shape
        q, k, v = (part(x).view(n, length, HEADS, -1).transpose(1, 2) for part in (self.query, self.key, self.value))
        attention = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(HIDDEN // HEADS) + bias, dim=-1)
        mixed = (attention @ v).transpose(1, 2).reshape(n, length, HIDDEN)
        x = self.after_attention(x + self.drop(self.out(mixed)))
        return self.after(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Stance(nn.Module):
    """Logits of against, none, favor for each pair.

    tokens, mask: sentences × length. sentence: for each pair the row of its sentence. holder, target: pairs ×
    length, 1 on the tokens of the span. voice: for each pair an index into VOICES.
    """

    def __init__(self, dropout: float = 0.1, shared: int = SHARED):
        super().__init__()
        self.shared = shared
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.roles = nn.Parameter(torch.randn(2, HIDDEN) * 0.2)
        self.voices = nn.Parameter(torch.randn(len(VOICES), HIDDEN) * 0.2)
        self.hidden, self.head = nn.Linear(3 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, 3)
        self.drop = Drop(dropout)

    def forward(self, tokens, mask, sentence, holder, target, voice):
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        x = self.words(tokens) + self.positions.weight[: tokens.shape[1]] + self.kind
        x = self.drop(self.norm(x))
        for layer in self.layers[: self.shared]:
            x = layer(x, bias)
        x = x[sentence] + holder[:, :, None] * self.roles[0] + target[:, :, None] * self.roles[1]
        x = torch.cat([x[:, :1] + self.voices[voice][:, None], x[:, 1:]], dim=1)
        for layer in self.layers[self.shared :]:
            x = layer(x, bias[sentence])
        read = torch.cat([x[:, 0], mean_of(x, holder), mean_of(x, target)], dim=-1)
        return self.head(self.drop(torch.tanh(self.hidden(self.drop(read)))))


def mean_of(x, span):
    """The mean vector of the span's tokens; zero for a pair without one."""
    return (x * span[:, :, None]).sum(1) / span.sum(1, keepdim=True).clamp(min=1.0)


def load_base(model: Stance, weights: dict[str, torch.Tensor]) -> Stance:
    """Fill a model with the published MiniLM weights (names as in transformers' BERT)."""

    def copy(module, name):
        module.weight.data.copy_(weights[f"{name}.weight"])
        if getattr(module, "bias", None) is not None:
            module.bias.data.copy_(weights[f"{name}.bias"])

    copy(model.words, "embeddings.word_embeddings")
    copy(model.positions, "embeddings.position_embeddings")
    model.kind.data.copy_(weights["embeddings.token_type_embeddings.weight"][0])
    copy(model.norm, "embeddings.LayerNorm")
    for number, layer in enumerate(model.layers):
        here = f"encoder.layer.{number}"
        for part in ("query", "key", "value"):
            copy(getattr(layer, part), f"{here}.attention.self.{part}")
        copy(layer.out, f"{here}.attention.output.dense")
        copy(layer.after_attention, f"{here}.attention.output.LayerNorm")
        copy(layer.up, f"{here}.intermediate.dense")
        copy(layer.down, f"{here}.output.dense")
        copy(layer.after, f"{here}.output.LayerNorm")
    return model
