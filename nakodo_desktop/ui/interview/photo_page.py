"""The step of the photos: take in, show, and look for what would give a person or a place away."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Field
from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.domain.member import InterviewId, PhotoId
from nakodo_desktop.domain.photo import CHECKLIST, PhotoInfo
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.errors import PhotoRefused
from nakodo_desktop.services.interviews import Interviews
from nakodo_desktop.services.photo_intake import SafePhoto, decode_photo, read_photo
from nakodo_desktop.ui.alerts import confirm
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.interview.photo_input import PhotoInput
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column
from nakodo_desktop.ui.widgets.inputs import CheckInput, FieldBox
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.marks import state_mark

_REMOVED = "取り込んだ写真を消します。元の写真のファイルはそのまま残ります。"
_REMOVED_FROM_RECORD = (
    "会員の記録にある写真を、いますぐ消します。この面談を取りやめても戻りません。"
    "掲載している写真は、次の書き出しで協会サイトから外れます。"
)


class PhotoPage(Page):
    """A file that is refused leaves the photo that was there."""

    def __init__(
        self,
        theme: Theme,
        interviews: Interviews,
        interview_id: InterviewId,
        *,
        jobs: JobRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, STEP["photo"], lead=catalog.PHOTOS.lead, parent=parent)
        self._interviews, self._interview_id, self._jobs = interviews, interview_id, jobs
        self.checks: dict[str, PhotoChecklist] = {}
        for field in catalog.PHOTOS.fields:
            self._add(field)
        self.rows.addStretch()

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show_photos()

    def take_in(self, key: str, path: Path) -> None:
        """Read and decode a file in the background, then keep it with the interview."""
        self._photo(key).set_busy(True)
        self._jobs.run(
            self,
            partial(_read, path),
            on_done=partial(self._keep, key),
            on_failed=partial(self._refuse, key),
        )

    def _keep(self, key: str, photo: SafePhoto) -> None:
        self._photo(key).set_busy(False)
        photo_id = self._interviews.put_photo(self._interview_id, key, photo)
        self._photo(key).fill(photo_id)
        self._show_photos()

    def _refuse(self, key: str, error: Exception) -> None:
        self._photo(key).set_busy(False)
        self._show_photos()
        if not isinstance(error, PhotoRefused):
            raise error
        self._photo(key).set_error(f"{error.message}{error.advice}")

    def _ask_to_remove(self, key: str) -> None:
        photo_id = PhotoId(str(self._photo(key).value()))
        is_on_record = self._interviews.is_on_record(self._interview_id, photo_id)
        confirm(
            self,
            self.theme,
            title=f"{catalog.FIELDS[key].label}を外しますか",
            text=_REMOVED_FROM_RECORD if is_on_record else _REMOVED,
            yes_verb="写真を外す",
            on_yes=partial(self._remove, key, photo_id),
            destructive=True,
        )

    def _remove(self, key: str, photo_id: PhotoId) -> None:
        """What is shown then is the photo before, of a later visit that had brought a new one, or none."""
        self._interviews.remove_photo(self._interview_id, photo_id)
        left = {photo.kind: photo.id for photo in self._interviews.photos_of(self._interview_id)}
        self._photo(key).fill(left.get(key))
        self._show_photos()
        self._photo(key).setFocus()

    def _sign_off(self, key: str) -> None:
        self._interviews.sign_off_photo(PhotoId(str(self._photo(key).value())))
        self._show_photos()

    def _show_photos(self) -> None:
        found = {photo.kind: photo for photo in self._interviews.photos_of(self._interview_id)}
        for key, checks in self.checks.items():
            photo = found.get(key)
            checks.show_photo(photo)
            if photo is not None:
                size = f"取り込み済み（{photo.width_px:,} × {photo.height_px:,}）"
                self._photo(key).show_photo(self._interviews.photo_jpeg(photo.id), size)

    def _add(self, field: Field) -> None:
        photo = PhotoInput(self.theme)
        self.adopt(((field.key, photo),))
        checks = PhotoChecklist(self.theme, field)
        self.rows.addWidget(FieldBox(self.theme, field.label, photo, required=field.required is True))
        self.rows.addWidget(checks)
        self.checks[field.key] = checks
        photo.chosen.connect(partial(self.take_in, field.key))
        photo.removal_asked.connect(partial(self._ask_to_remove, field.key))
        photo.remove.setObjectName(f"remove_{field.key}")
        checks.signed_off.connect(partial(self._sign_off, field.key))

    def _photo(self, key: str) -> PhotoInput:
        found = self.inputs[key]
        assert isinstance(found, PhotoInput)
        return found


class PhotoChecklist(Card):
    """What the matchmaker looks for before the photo may leave; hidden while there is none."""

    signed_off = Signal()

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__(theme, margin=12, gap=2, ground="sunken")
        self._photo_id: PhotoId | None = None
        self._todo, self._done = QWidget(), state_mark(theme, "写り込みを確認しました", "ok")
        rows = column(theme, self._todo, gap=2)
        rows.addWidget(PlainLabel("写り込みの確認", "field"))
        self.boxes = [CheckInput(theme, sentence) for sentence in CHECKLIST]
        for box in self.boxes:
            rows.addWidget(box)
            box.changed.connect(self._on_ticked)
        self.button = button(theme, "確認を記録する", icon="check")
        self.button.setObjectName(f"sign_off_{field.key}")
        self.button.setAccessibleName(f"{field.label}の写り込みの確認を記録する")
        self.button.clicked.connect(self.signed_off)
        rows.addSpacing(theme.px(4))
        rows.addWidget(self.button)
        self.rows.addWidget(self._todo)
        self.rows.addWidget(self._done)
        self._on_ticked()

    def show_photo(self, photo: PhotoInfo | None) -> None:
        """A new photo has to be looked at anew."""
        self.setVisible(photo is not None)
        if photo is None:
            return
        if photo.id != self._photo_id:
            self._photo_id = photo.id
            for box in self.boxes:
                box.set_value(None)
            self._on_ticked()
        self._todo.setVisible(not photo.is_checked)
        self._done.setVisible(photo.is_checked)

    def _on_ticked(self) -> None:
        self.button.setEnabled(all(box.value() is True for box in self.boxes))


def _read(path: Path) -> SafePhoto:
    return decode_photo(read_photo(path))
