"""For whom promises are kept: what a user may ask for by name. The scores that go with a name travel in the model."""

from __future__ import annotations

from typing import Literal

Profile = Literal["default", "clerk", "tracker"]
