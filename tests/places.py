"""Where things lie in the repository."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus"
