"""The office's own settings."""

from __future__ import annotations

import re
from dataclasses import fields

from nakodo_desktop.domain.japanese import parse_postal_code
from nakodo_desktop.domain.office import Office, Recipient
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.text_rules import text_trouble
from nakodo_desktop.domain.values import Problem, Trouble
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import batches, offices
from nakodo_desktop.vault.vault import Vault

_CODE = re.compile(r"[A-Za-z0-9]{1,12}")  # a part of file names
_ANOTHER = "ほかの協会に書き出すには、その協会のためのデータを新しく作ってください。"
_REQUIRED = {
    "name": "事務所名",
    "representative": "代表者の氏名",
    "address": "所在地",
    "code": "事務所の略号",
}


class Offices:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.drafts = FormDrafts(vault)

    def load(self) -> Office:
        """Raises LookupError in a vault whose set-up was never finished."""
        found = offices.load(self._vault.read())
        if found is None:
            raise LookupError("the office has no settings")
        return found

    def is_set_up(self) -> bool:
        return offices.load(self._vault.read()) is not None

    def save(self, office: Office, *, rename_reason: str = "") -> tuple[Problem, ...]:
        """Problems mean that nothing was saved.

        `rename_reason`: why the association of earlier batches has another name and is still the same one.
        """
        require(self._vault.staff, Right.EDIT_OFFICE)
        before = offices.load(self._vault.read())
        problems = office_problems(office) + self._recipient_problems(office, before, rename_reason)
        if problems:
            return problems
        with self._vault.transaction() as tx:
            if before is not None and self._is_rename(office, before):
                offices.note_rename(
                    tx.db,
                    old_name=before.recipient.name,
                    new_name=office.recipient.name,
                    reason=rename_reason.strip(),
                    staff_id=self._vault.staff.id,
                    now=tx.now,
                )
            offices.save(tx.db, office)
            tx.audit("office.save", detail={"changed": _changed(before, office)})
        return ()

    def may_change_recipient(self) -> bool:
        """Until the first batch: from then on this vault exports to that association and to nobody else."""
        return not batches.fixes_the_recipient(self._vault.read())

    def _is_rename(self, office: Office, before: Office) -> bool:
        return office.recipient.name != before.recipient.name and not self.may_change_recipient()

    def _recipient_problems(self, office: Office, before: Office | None, rename_reason: str) -> tuple[Problem, ...]:
        if before is None or self.may_change_recipient():
            return ()
        if office.recipient.code != before.recipient.code:
            return (Problem("recipient.code", f"書き出しをしたあとは、提供先の協会を変えられません。{_ANOTHER}"),)
        if not office.recipient.is_complete:
            return (Problem("recipient.name", "書き出しをしたあとは、協会の記録を空にできません。"),)
        if office.recipient.name == before.recipient.name:
            return ()
        if not rename_reason.strip():
            words = f"同じ協会の名前が変わったときだけ、その理由を書いて変えられます。{_ANOTHER}"
            return (Problem("recipient.rename_reason", words),)
        trouble = text_trouble(rename_reason.strip(), one_line=True, max_chars=120)
        return (Problem("recipient.rename_reason", trouble.message),) if isinstance(trouble, Trouble) else ()


def office_problems(office: Office) -> tuple[Problem, ...]:
    """What is missing or cannot be printed; keys are attribute names of Office and `recipient.…`."""
    texts = {
        "name": office.name,
        "representative": office.representative,
        "address": office.address,
        "phone": office.phone,
        "lawyer_name": office.lawyer_name,
        "recipient.name": office.recipient.name,
        "recipient.address": office.recipient.address,
        "recipient.representative": office.recipient.representative,
    }
    problems = [
        Problem(key, f"{label}を入力してください。")
        for key, label in _REQUIRED.items()
        if not getattr(office, key).strip()
    ]
    for key, text in texts.items():
        trouble = text_trouble(text, one_line=True, max_chars=120)
        if isinstance(trouble, Trouble):
            problems.append(Problem(key, trouble.message))
    for key, code in (("code", office.code), ("recipient.code", office.recipient.code)):
        if code.strip() and not _CODE.fullmatch(code):
            problems.append(Problem(key, "略号は半角の英数字12文字までです。"))
    if office.postal_code.strip():
        postal_code = parse_postal_code(office.postal_code)
        if isinstance(postal_code, Trouble):
            problems.append(Problem("postal_code", postal_code.message))
    if not 1 <= office.redeclare_months <= 12:
        problems.append(Problem("redeclare_months", "再署名の間隔は1〜12か月です。"))
    return tuple(problems)


def _changed(before: Office | None, office: Office) -> list[str]:
    """Names of the settings that are not as they were, for the log; never what they say."""
    if before is None:
        return []
    own = [
        f.name for f in fields(Office) if f.name != "recipient" and getattr(before, f.name) != getattr(office, f.name)
    ]
    return own + [
        f"recipient.{f.name}"
        for f in fields(Recipient)
        if getattr(before.recipient, f.name) != getattr(office.recipient, f.name)
    ]
