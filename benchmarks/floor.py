"""What reading a desk must cost: libyaml's events of its YAML, and its documents read once.

python benchmarks/floor.py DESK
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

desk = Path(sys.argv[1])
for path in (desk / "facts.yaml", *sorted(desk.glob("facts/*.yaml"))):
    for _ in yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
        pass
for path in desk.glob("documents/*.txt"):
    path.read_text(encoding="utf-8")
