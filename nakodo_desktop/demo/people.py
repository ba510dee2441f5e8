"""Invented people, the same every time; their names say that nobody is meant."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Kind
from nakodo_desktop.domain.values import Answers, Value

_FAMILIES = (
    ("見本", "みほん"),
    ("架空", "かくう"),
    ("例田", "れいた"),
    ("試山", "ためしやま"),
    ("仮野", "かりの"),
    ("髙見本", "たかみほん"),
    ("例﨑", "れいざき"),
    ("𠮷例", "よしれい"),
    ("想定", "そうてい"),
    ("模擬川", "もぎかわ"),
    ("渡邉例", "わたなべれい"),
    ("練習", "れんしゅう"),
)
_GIVEN = {
    "female": (("花子", "はなこ"), ("例子", "れいこ"), ("かすみ", "かすみ"), ("美例", "みれい"), ("桜架", "おうか"),
               ("仮奈", "かな"), ("試織", "しおり"), ("葵例", "あおい"), ("空", "そら")),
    "male": (("太郎", "たろう"), ("次郎", "じろう"), ("例一", "れいいち"), ("試朗", "しろう"), ("架月", "かづき"),
             ("健例", "けんれい"), ("空斗", "くうと"), ("仮蔵", "かりぞう"), ("見介", "けんすけ")),
}  # fmt: skip
_PLACES = ("14104", "13112", "11107", "12204", "13209", "14131", "08220", "23113", "27128", "40133", "01102", "33101")
_WORK = (
    ("regular", "製造業の設計", "manufacturing", "engineering"),
    ("public", "市役所", "local_government", "clerical"),
    ("regular", "看護師", "care", "medical"),
    ("regular", "システムエンジニア", "information", "engineering"),
    ("regular", "保育士", "care", "care"),
    ("regular", "銀行", "finance", "sales"),
    ("contract", "図書館", "education", "clerical"),
    ("regular", "", "trade", "sales"),
    ("director", "", "construction", "management"),
)
_HOBBIES = (
    "休みの日は喫茶店をめぐり、焼き菓子を作ります。",
    "低い山を歩くことと、写真を撮ることが好きです。",
    "映画と読書。雨の日は家でゆっくり過ごします。",
    "市民プールで泳いだあと、銭湯に寄るのが楽しみです。",
    "家庭菜園で夏野菜を育てています。",
    "クラシックの演奏会によく出かけます。",
    "犬の散歩と、早起きしての料理。",
)
_WISH_WORDS = {
    "wish_age": ("prefer", "同世代"),
    "wish_area": ("prefer", "通える範囲"),
    "wish_height": ("any", ""),
    "wish_education": ("any", ""),
    "wish_marital_history": ("any", ""),
    "wish_children": ("prefer", "相談したい"),
    "wish_smoking": ("must", "吸わない方"),
    "wish_religion": ("prefer", "無理のないこと"),
    "wish_cohabitation": ("any", ""),
}


_TELLS_OWN_NAME = 9  # one member's hobbies hold the legal name: the export must refuse it


@dataclass(frozen=True)
class Person:
    """Answers without photo and pseudonym: those come from the services."""

    answers: Answers

    @property
    def sex(self) -> str:
        return str(self.answers["sex"])


def people(number: int, *, today: date) -> Iterator[Person]:
    """The same `number` people for the same day."""
    source = random.Random(20261123)
    for index in range(number):
        yield Person(_answers(index, source, today=today))


def _answers(index: int, source: random.Random, *, today: date) -> dict[str, Value]:
    sex = "female" if index % 2 == 0 else "male"
    family = _FAMILIES[index % len(_FAMILIES)]
    given = _GIVEN[sex][(index // 2) % len(_GIVEN[sex])]
    employment, occupation, industry, job = _WORK[index % len(_WORK)]
    age = 27 + (index * 7) % 24
    birth_date = date(today.year - age, 1 + (index * 5) % 12, 1 + (index * 11) % 28)
    tall = 158 if sex == "female" else 170
    been_married = index % 6 == 5
    answers: dict[str, Value] = {
        "family_name": family[0],
        "family_kana": family[1],
        "given_name": given[0],
        "given_kana": given[1],
        "sex": sex,
        "birth_date": birth_date,
        "postal_code": "100-0000",
        "municipality": _PLACES[index % len(_PLACES)],
        "address_line": f"架空町{index + 1}-{index % 9 + 1}-{index % 5 + 1}",
        "phone": f"090-0000-{index + 1:04d}",
        "email": f"mihon{index + 1:02d}@example.jp",
        "employment_type": employment,
        "employer_name": f"架空{'工業' if sex == 'male' else '商事'}{index + 1}号",
        "occupation": occupation or None,
        "industry": industry,
        "job_type": job,
        "annual_income_man_yen": 380 + (index * 37) % 420,
        "education_level": ("university", "high_school", "vocational", "graduate")[index % 4],
        "qualifications": ("普通自動車免許", "簿記2級", "", "調理師")[index % 4] or None,
        "skills": ("料理", "書道", "ギター", "手話")[index % 4],
        "marital_history": "divorced" if been_married else "never",
        "marriage_count": 1 if been_married else None,
        "children": "none",
        "single_status_proof": "signed_declaration",
        "family_members": ("father/alive", "mother/alive" if index % 5 else "mother/deceased", "elder_brother/alive"),
        "lives_with": ("parents", "alone")[index % 2],
        "height_cm": tall + source.randrange(-8, 10),
        "weight_kg": (50 if sex == "female" else 66) + source.randrange(-6, 14),
        "hobbies": _HOBBIES[index % len(_HOBBIES)],
        "drinking": ("sometimes", "never", "often")[index % 3],
        "smoking": "never",
        "relocation": ("yes", "within_prefecture", "no")[index % 3],
        "view_dual_income": "both",
        "view_children": ("yes", "discuss")[index % 2],
        "new_religion_flag": "no",
        "disability_flag": "no",
        "referral_source": "acquaintance",
        "search_history": "first",
        "other_agency": "no",
        **_papers(today),
        **_WISH_WORDS,
    }
    if sex == "female" and index % 4 == 0:
        answers["annual_income_man_yen"] = None
    if index == _TELLS_OWN_NAME:
        answers["hobbies"] = f"{family[0]}{given[0]}の名で水彩画を描き、年に一度展示をしています。"
    return {key: value for key, value in answers.items() if value is not None}


def _papers(today: date) -> dict[str, Value]:
    """Notice, consents and identity as of the day of the interview."""
    given: dict[str, Value] = dict.fromkeys(catalog.CONSENT_SCOPES, "given")
    ticked: dict[str, Value] = {
        field.key: True
        for section in (catalog.PURPOSES, catalog.IDENTITY)
        for field in section.fields
        if field.kind is Kind.FLAG
    }
    return {
        **given,
        **ticked,
        "consent_method": "paper",
        "consented_on": today,
        "purpose_shown_on": today,
        "identity_document": "driving_licence",
        "identity_seen_on": today,
        "identity_mode": "in_person",
    }
