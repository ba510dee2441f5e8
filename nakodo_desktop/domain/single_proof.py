"""What shows today that a member is single; list, due list, gate and home page need not know the two kinds of proof.

The signed 独身誓約書 comes first. A 独身証明書 stands in its place while its days run, where the office takes it alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nakodo_desktop.domain.declaration import DeclarationState, Standing, days_left, standing, with_certificate, words


@dataclass(frozen=True)
class SingleProof:
    """`until`: the last day of what stands or stood; `words` are those of a list."""

    standing: Standing
    until: date | None
    words: str
    is_certificate: bool = False


def single_proof(
    state: DeclarationState | None, declared_until: date | None, certificate_until: date | None, *, today: date
) -> SingleProof:
    """`certificate_until`: None for whom no certificate stands for the declaration, over or not."""
    signed = standing(state, declared_until, today=today)
    stands = with_certificate(signed, certificate_until, today=today)
    if certificate_until is None or (stands is signed and signed is not Standing.NONE):
        return SingleProof(signed, declared_until, words(state, declared_until, today=today))
    left = days_left(certificate_until, today=today)
    if left < 0:
        return SingleProof(stands, certificate_until, "証明書の期限切れ", is_certificate=True)
    if stands is Standing.VALID:
        return SingleProof(stands, certificate_until, "証明書あり", is_certificate=True)
    near = f"証明書 あと{left}日" if left else "証明書 今日まで"
    return SingleProof(stands, certificate_until, near, is_certificate=True)
