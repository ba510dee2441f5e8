"""Every fact the office records about a member, declared once.

Interview, editor, print, site profile, retention and disclosure read this list and nothing else.
A new field is one entry here and one migration; the tests name what was forgotten.
Choices marked † are a normalisation of this product, not of the association.
"""

from __future__ import annotations

from nakodo_desktop.domain.fields import Audience, Condition, Field, Kind, Privacy, Retention, Section, SiteRule, Store

_DIRECT, _QUASI, _CARE, _OPEN = Privacy.DIRECT, Privacy.QUASI, Privacy.SPECIAL_CARE, Privacy.OPEN
_PROFILE, _CONTRACT, _PHOTO = Retention.PROFILE, Retention.CONTRACT, Retention.PHOTO
_OFFICE, _MATCHMAKERS, _CARE_ONLY = Audience.OFFICE, Audience.MATCHMAKERS, Audience.SPECIAL_CARE
_NEVER = SiteRule.NEVER

# Word for word what is read aloud before the interview (resources/rules/notice.toml).
# 個情法17条・18条: nothing is asked for a purpose that was not told.
FOR_CONTRACT = FOR_SINGLE_STATUS = "入会のお申し込みを受け、ご本人であることと独身であることを確かめるため"
FOR_MATCHING = "お相手をご紹介し、お見合い・交際のお世話をするため"
FOR_CONTACT = FOR_SUPPORT = "ご連絡とご相談に応じるため"
FOR_SITE = "協会の会員検索サイトに、仮名のプロフィールを掲載するため"
FOR_LAW = "法律で定められた書面の交付と記録の保存のため"


def when(key: str, *values: str) -> Condition:
    return Condition(key, frozenset(values))


YES_NO_DECLINED = (("no", "なし"), ("yes", "あり"), ("declined", "回答しない"))
GIVEN_REFUSED = (("given", "同意する"), ("refused", "同意しない"))
PREFECTURES = tuple(
    (f"{number:02d}", name)
    for number, name in enumerate(
        (
            "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 "
            "新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 "
            "奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 "
            "熊本県 大分県 宮崎県 鹿児島県 沖縄県"
        ).split(),
        start=1,
    )
)
RELATIONS = (
    ("father", "父"),
    ("mother", "母"),
    ("elder_brother", "兄"),
    ("elder_sister", "姉"),
    ("younger_brother", "弟"),
    ("younger_sister", "妹"),
)
LIFE = (("alive", "存命"), ("deceased", "逝去"))
WISH_WEIGHTS = (("any", "不問"), ("prefer", "希望"), ("must", "必須"))
IDENTITY_DOCUMENTS = (
    ("driving_licence", "運転免許証"),
    ("my_number_card", "マイナンバーカード（表面のみ）"),
    ("passport", "旅券（パスポート）"),
    ("residence_card", "在留カード・特別永住者証明書"),
)

# A list to be read as a table: one field, a few lines.
# fmt: off
# 個情法17条・21条2項: the purposes are shown before anything is taken in writing.
PURPOSES = Section(
    key="purposes",
    title="利用目的の説明",
    lead="お話を伺う前に、何のために伺い、どこへ出すのかを説明します。",
    store=Store.NOTICE,
    fields=(
        Field(key="purpose_shown", label="利用目的を示して説明しました", print_as="利用目的の説明",
              kind=Kind.FLAG, privacy=_OPEN,
              retention=_CONTRACT, purpose=FOR_LAW, site=_NEVER, sees=_OFFICE, required=True),
        Field(key="purpose_shown_on", label="説明した日", kind=Kind.DATE, privacy=_OPEN, retention=_CONTRACT,
              purpose=FOR_LAW, site=_NEVER, sees=_OFFICE, required=True),
    ),
    tips=(
        "ご本人だけでお話しできる場所をご用意ください。",
        "画面をお見せしながら、声に出して読み上げます。",
        "ご質問があれば、同意をいただく前にお答えします。",
    ),
)


def _consent(key: str, label: str, spoken: str, *, required: bool, asked: Condition | None = None) -> Field:
    return Field(
        key=key,
        label=label,
        kind=Kind.CHOICE,
        choices=GIVEN_REFUSED,
        privacy=_OPEN,
        retention=_CONTRACT,
        purpose=FOR_LAW,
        site=_NEVER,
        sees=_OFFICE,
        required=required,
        asked=asked,
        help=spoken,
    )


# 個情法20条2項・27条: collecting and showing special-care facts are separate questions, never bundled.
CONSENTS = Section(
    key="consents",
    title="同意の確認",
    lead="一つずつ読み上げ、ご本人のお答えをそのまま記録します。断られても面談は続けられます。",
    store=Store.CONSENT,
    fields=(
        _consent(
            "consent_provide",
            "協会サイトへの掲載",
            "仮名のプロフィール12項目・性別・写真を協会と、協会を通じて加盟相談所とその会員に見せてよいですか。",
            required=True,
        ),
        _consent(
            "consent_contact_exchange",
            "交際時の連絡先の交換",
            "交際に進んだお相手に、お名前と電話番号をお伝えしてよいですか。",
            required=True,
        ),
        _consent(
            "consent_declaration_use",
            "独身誓約書の保管と利用",
            "誓約書を保管し、虚偽が疑われるときは弁護士等に示すことに同意しますか。",
            required=True,
        ),
        _consent(
            "consent_collect_religion",
            "信条：お聞きすること",
            "新興宗教への所属の有無をお聞きしてよいですか。",
            required=True,
        ),
        _consent(
            "consent_disclose_religion",
            "信条：サイトに示すこと",
            "その有無を協会サイトとお相手に示してよいですか。",
            required=True,
            asked=when("consent_collect_religion", "given"),
        ),
        _consent(
            "consent_collect_disability",
            "障害：お聞きすること",
            "障害の有無をお聞きしてよいですか。",
            required=True,
        ),
        _consent(
            "consent_disclose_disability",
            "障害：サイトに示すこと",
            "その有無を協会サイトとお相手に示してよいですか。",
            required=True,
            asked=when("consent_collect_disability", "given"),
        ),
        _consent(
            "consent_collect_health",
            "健康状態：お聞きすること",
            "健康状態を、この相談所の中だけの記録としてお聞きしてよいですか。",
            required=False,
        ),
        Field(key="consent_method", label="確認のしかた", kind=Kind.CHOICE,
              choices=(("paper", "同意書に署名"), ("spoken", "対面で口頭"), ("online", "オンライン対面で口頭")),
              privacy=_OPEN, retention=_CONTRACT, purpose=FOR_LAW, site=_NEVER, sees=_OFFICE, required=True),
        Field(key="consented_on", label="同意を確認した日", kind=Kind.DATE, privacy=_OPEN, retention=_CONTRACT,
              purpose=FOR_LAW, site=_NEVER, sees=_OFFICE, required=True),
    ),
    tips=(
        "「お聞きすること」と「サイトに示すこと」は別の同意です。まとめてお願いしないでください。",
        "信条・障害は、答えが「なし」でも要配慮個人情報です。",
        "同意はいつでも取り消せることをお伝えください。",
    ),
)
CONSENT_SCOPES = tuple(f.key for f in CONSENTS.fields if f.kind is Kind.CHOICE and f.choices == GIVEN_REFUSED)


def _identity(
    key: str,
    label: str,
    kind: Kind,
    *,
    choices: tuple[tuple[str, str], ...] = (),
    spoken: str = "",
    print_as: str = "",
) -> Field:
    return Field(
        key=key,
        label=label,
        kind=kind,
        choices=choices,
        privacy=_OPEN,
        retention=_CONTRACT,
        purpose=FOR_CONTRACT,
        site=_NEVER,
        sees=_OFFICE,
        required=True,
        help=spoken,
        print_as=print_as,
    )


# Seen and handed back. There is no field for a number or an image, and none may be added (番号法19・20条, 個情令1条).
IDENTITY = Section(
    key="identity",
    title="本人確認",
    lead="書類は目で見て、その場でお返しします。番号も画像も、この画面のどこにも残りません。",
    store=Store.IDENTITY,
    fields=(
        _identity(
            "identity_document",
            "見た書類",
            Kind.CHOICE,
            choices=IDENTITY_DOCUMENTS,
            spoken="写真つきの書類をお見せください。",
        ),
        _identity("identity_seen_on", "見た日", Kind.DATE),
        _identity(
            "identity_mode", "確認のしかた", Kind.CHOICE, choices=(("in_person", "対面"), ("online", "オンライン対面"))
        ),
        _identity("identity_name_matches", "氏名が一致しました", Kind.FLAG, print_as="氏名の一致"),
        _identity("identity_birth_matches", "生年月日が一致しました", Kind.FLAG, print_as="生年月日の一致"),
        _identity("identity_photo_matches", "写真がご本人と一致しました", Kind.FLAG, print_as="写真の一致"),
        _identity("identity_returned", "書類をその場でお返ししました", Kind.FLAG, print_as="その場でお返し"),
    ),
    tips=(
        "マイナンバーカードの裏面は見ません。番号が隠れるケースに入れたままお返しください。",
        "コピー、撮影、番号の書き写しはしません。",
        "字体（髙・﨑など）は書類とよく見比べてください。",
    ),
)

BASICS = Section(
    key="basics",
    title="お名前・ご連絡先",
    lead="本人確認書類と同じ表記でご入力ください。ふりがなは自動で入ります。",
    store=Store.PROFILE,
    fields=(
        Field(key="family_name", label="姓", kind=Kind.TEXT, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTRACT, site=_NEVER, sees=_OFFICE, required=True,
              help="お名前を書類のとおりの字でお教えください。"),
        Field(key="given_name", label="名", kind=Kind.TEXT, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTRACT, site=_NEVER, sees=_OFFICE, required=True),
        Field(key="family_kana", label="せい", kind=Kind.KANA, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTRACT, site=_NEVER, sees=_OFFICE, required=True, reading_of="family_name"),
        Field(key="given_kana", label="めい", kind=Kind.KANA, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTRACT, site=_NEVER, sees=_OFFICE, required=True, reading_of="given_name"),
        Field(key="birth_date", label="生年月日", kind=Kind.DATE, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTRACT, site=SiteRule.BIRTH_YEAR, sees=_OFFICE, required=True,
              help="生年月日はいつですか。"),
        Field(key="sex", label="性別", kind=Kind.CHOICE, choices=(("female", "女性"), ("male", "男性")),
              privacy=_QUASI, retention=_CONTRACT, purpose=FOR_MATCHING, site=SiteRule.SEX, sees=_OFFICE,
              required=True),
        Field(key="postal_code", label="郵便番号", kind=Kind.POSTAL_CODE, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTACT, site=_NEVER, sees=_OFFICE),
        Field(key="phone", label="電話番号", kind=Kind.PHONE, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTACT, site=_NEVER, sees=_OFFICE, required=True,
              help="お昼に連絡してもよい電話番号をお教えください。"),
        Field(key="municipality", label="お住まいの市区町村", kind=Kind.MUNICIPALITY, privacy=_QUASI,
              retention=_CONTRACT, purpose=FOR_MATCHING, site=SiteRule.AREA, sees=_OFFICE, required=True),
        Field(key="address_line", label="町名・番地・建物", kind=Kind.TEXT, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTACT, site=_NEVER, sees=_OFFICE, required=True, max_chars=120),
        Field(key="email", label="メールアドレス", kind=Kind.EMAIL, privacy=_DIRECT, retention=_CONTRACT,
              purpose=FOR_CONTACT, site=_NEVER, sees=_OFFICE, max_chars=254),
        # 本籍 is forbidden; only the prefecture a person feels they come from may be recorded.
        Field(key="origin_prefecture", label="ご出身の都道府県", kind=Kind.CHOICE, choices=PREFECTURES,
              privacy=_QUASI, retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE),
        Field(key="contact_note", label="連絡の注意", kind=Kind.NOTE, privacy=_OPEN, retention=_PROFILE,
              purpose=FOR_CONTACT, site=_NEVER, sees=_OFFICE, max_chars=400,
              help="連絡してよい時間帯や、ご家族に知られたくないことはありますか。"),
    ),
    tips=(
        "「髙」「﨑」などの字は、書類と見比べてください。",
        "連絡してよい時間帯も伺いましょう。",
        "ご家族に知られたくない場合は「連絡の注意」に記録します。",
        "本籍や出身地の詳しい地名は伺いません。",
    ),
)

INDUSTRIES = (  # † domain handbook 7.3
    ("agriculture", "農林漁業"),
    ("construction", "建設"),
    ("manufacturing", "製造"),
    ("utilities", "電気ガス水道"),
    ("information", "情報通信"),
    ("transport", "運輸郵便"),
    ("trade", "卸売・小売"),
    ("finance", "金融保険"),
    ("real_estate", "不動産"),
    ("professional", "学術・専門技術"),
    ("hospitality", "宿泊飲食"),
    ("lifestyle", "生活関連・娯楽"),
    ("education", "教育系サービス業"),
    ("care", "医療・福祉"),
    ("compound", "複合サービス業"),
    ("other_services", "サービス業(他)"),
    ("national_government", "国家公務員"),
    ("local_government", "地方公務員"),
    ("self_employed", "自営"),
    ("other", "その他"),
)
_SELF_EMPLOYED = when("employment_type", "self_employed", "freelance")
_LICENSED = when("job_type", "medical", "licensed")

CAREER = Section(
    key="career",
    title="ご経歴・お仕事",
    lead="勤務先の名前と年収は、この相談所の中だけの記録です。",
    store=Store.PROFILE,
    fields=(
        Field(key="employment_type", label="雇用形態", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_SITE, site=SiteRule.CHOICE_LABEL, sees=_OFFICE, required=True,
              choices=(("regular", "正社員"), ("public", "公務員"), ("contract", "契約社員"),
                       ("dispatched", "派遣社員"), ("part_time", "パート・アルバイト"),
                       ("self_employed", "自営"), ("director", "会社役員"), ("freelance", "自由業"),
                       ("none", "家事手伝い・無職"))),
        Field(key="employer_name", label="勤務先の名前", kind=Kind.TEXT, privacy=_DIRECT, retention=_PROFILE,
              purpose=FOR_SUPPORT, site=_NEVER, sees=_OFFICE,
              required=when("employment_type", "regular", "public", "contract", "dispatched", "part_time", "director"),
              help="どちらにお勤めですか。サイトには出しません。"),
        Field(key="occupation", label="お仕事の内容", kind=Kind.TEXT, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=SiteRule.INDUSTRY, sees=_OFFICE,
              help="どのようなお仕事ですか。（例：図書館司書、機械の設計）"),
        Field(key="industry", label="業界・業種", kind=Kind.CHOICE, choices=INDUSTRIES, privacy=_QUASI,
              retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.INDUSTRY, sees=_OFFICE, required=True),
        Field(key="job_type", label="職種", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              choices=(("clerical", "事務"), ("sales", "営業"), ("engineering", "技術"), ("research", "研究"),
                       ("medical", "医療職"), ("care", "介護"), ("teaching", "教育"),
                       ("retail", "販売"), ("production", "製造"), ("driving", "運転"),
                       ("management", "管理職"), ("licensed", "士業"), ("other", "その他"))),
        Field(key="annual_income_man_yen", label="年収", kind=Kind.INT, unit="万円", minimum=0, maximum=99_999,
              privacy=_QUASI, retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              required=when("sex", "male"), help="昨年の年収はおよそいくらですか。サイトには出しません。"),
        Field(key="income_proof_seen", label="収入を示す書類を見て、お返ししました", print_as="収入の書類",
              kind=Kind.FLAG, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              asked=_SELF_EMPLOYED, help="自営業の方だけに伺います。写しは取りません。"),
        Field(key="income_proof_kind", label="見た収入の書類", kind=Kind.CHOICE, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, asked=_SELF_EMPLOYED,
              choices=(("tax_return", "確定申告書の控え"), ("tax_certificate", "納税証明書"),
                       ("income_certificate", "所得証明書"), ("withholding_slip", "源泉徴収票"), ("other", "その他"))),
        Field(key="income_proof_seen_on", label="収入の書類を見た日", kind=Kind.DATE, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              asked=_SELF_EMPLOYED),
        Field(key="income_proof_seen_by", label="収入の書類を見た担当者", kind=Kind.TEXT, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, asked=_SELF_EMPLOYED),
        Field(key="license_seen", label="国家資格証を見て、お返ししました", print_as="国家資格証",
              kind=Kind.FLAG, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, asked=_LICENSED,
              help="医師・税理士などの方だけに伺います。写しは取りません。"),
        Field(key="license_kind", label="見た国家資格証", kind=Kind.CHOICE, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, asked=_LICENSED,
              choices=(("doctor", "医師"), ("dentist", "歯科医師"), ("pharmacist", "薬剤師"), ("nurse", "看護師"),
                       ("lawyer", "弁護士"), ("judicial_scrivener", "司法書士"), ("tax_accountant", "税理士"),
                       ("accountant", "公認会計士"), ("other", "その他"))),
        Field(key="license_seen_on", label="資格証を見た日", kind=Kind.DATE, privacy=_OPEN, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, asked=_LICENSED),
        Field(key="license_seen_by", label="資格証を見た担当者", kind=Kind.TEXT, privacy=_OPEN, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, asked=_LICENSED),
        Field(key="education_level", label="最終学歴", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_SITE, site=SiteRule.EDUCATION, sees=_OFFICE, required=True,
              choices=(("junior_high", "中卒"), ("high_school", "高卒"), ("vocational", "専門卒"),
                       ("junior_college", "短大・高専"), ("university", "大卒"),
                       ("graduate", "大学院"))),
        # 中卒 and 短大・高専 have no word of their own on the site: the member chooses one, never upward silently.
        Field(key="education_on_site", label="サイトでの学歴の表記", kind=Kind.CHOICE, privacy=_QUASI,
              retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.EDUCATION, sees=_OFFICE,
              asked=when("education_level", "junior_high", "junior_college"),
              required=when("education_level", "junior_high", "junior_college"),
              choices=(("high_school", "高卒"), ("vocational", "専門卒"), ("university", "大卒")),
              help="サイトは高卒・専門卒・大卒の三つだけです。どの表記になさいますか。"),
        Field(key="school_name", label="学校名", kind=Kind.TEXT, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=SiteRule.SCHOOL, sees=_OFFICE),
        Field(key="qualifications", label="資格", kind=Kind.TEXT, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_SITE, site=SiteRule.SCANNED_TEXT, sees=_OFFICE, max_chars=200),
        Field(key="skills", label="特技", kind=Kind.TEXT, privacy=_QUASI, retention=_PROFILE, purpose=FOR_SITE,
              site=SiteRule.SCANNED_TEXT, sees=_OFFICE, max_chars=200),
    ),
    tips=(
        "勤務先の名前はサイトに出ません。業種だけが出ます。",
        "収入の書類は自営業の方だけ、資格証は医師・税理士などの方だけに見せていただきます。",
        "借入や信用情報、支持政党は伺いません。",
    ),
)

# What is known of a proof as soon as it is ticked as seen: the day and who saw it.
SEEN_ON_AND_BY: dict[str, tuple[str, str]] = {
    "income_proof_seen": ("income_proof_seen_on", "income_proof_seen_by"),
    "license_seen": ("license_seen_on", "license_seen_by"),
}

_MARRIED_BEFORE = when("marital_history", "divorced", "widowed")

MARRIAGE = Section(
    key="marriage",
    title="婚歴・ご家族",
    lead="ご家族は続柄と存命・逝去だけを伺います。",
    store=Store.PROFILE,
    fields=(
        Field(key="marital_history", label="婚姻歴", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, required=True,
              choices=(("never", "初婚"), ("divorced", "離別"), ("widowed", "死別"))),
        Field(key="marriage_count", label="婚姻の回数", kind=Kind.INT, unit="回", minimum=1, maximum=9,
              privacy=_QUASI, retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              asked=_MARRIED_BEFORE),
        Field(key="children", label="お子さま", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, required=True,
              choices=(("none", "なし"), ("together", "あり（同居）"), ("apart", "あり（別居）"))),
        Field(key="children_count", label="お子さまの人数", kind=Kind.INT, unit="人", minimum=1, maximum=15,
              privacy=_QUASI, retention=_PROFILE, purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              asked=when("children", "together", "apart"), required=True),
        Field(key="single_status_proof", label="独身の確認", kind=Kind.CHOICE, privacy=_OPEN, retention=_CONTRACT,
              purpose=FOR_SINGLE_STATUS, site=_NEVER, sees=_OFFICE, required=True,
              choices=(("signed_declaration", "独身誓約書"), ("official_certificate", "独身証明書"),
                       ("both", "誓約書と証明書の両方"))),
        Field(key="official_certificate_seen_on", label="独身証明書を見た日", kind=Kind.DATE, privacy=_OPEN,
              retention=_CONTRACT, purpose=FOR_SINGLE_STATUS, site=_NEVER, sees=_OFFICE,
              asked=when("single_status_proof", "official_certificate", "both"), required=True,
              help="写しは取らず、見た日だけを記録します。"),
        # 家族の勤務先・学歴・病歴・宗教 are other people's facts: there is no field for them.
        Field(key="family_members", label="家族構成", kind=Kind.FAMILY, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_SITE, site=SiteRule.FAMILY, sees=_OFFICE, required=True,
              help="ご両親とごきょうだいはご健在ですか。"),
        Field(key="lives_with", label="親との同居", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              choices=(("parents", "同居"), ("alone", "一人暮らし"), ("others", "その他"))),
        Field(key="birth_order", label="続柄", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              choices=(("first_son", "長男"), ("second_son", "次男"), ("later_son", "三男以下"),
                       ("first_daughter", "長女"), ("second_daughter", "次女"),
                       ("later_daughter", "三女以下"))),
        Field(key="cohabit_wish", label="結婚後の親との同居", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              choices=(("yes", "希望する"), ("no", "希望しない"), ("discuss", "相談したい"))),
    ),
    tips=(
        "ご家族の勤務先・学歴・病歴・宗教は伺いません。",
        "離別の事情は、お話しくださる分だけ面談メモに書きます。",
    ),
)

_RELIGION_AGREED = when("consent_collect_religion", "given")
_DISABILITY_AGREED = when("consent_collect_disability", "given")
LIFE_STYLE = Section(
    key="life",
    title="お人柄・生活",
    lead="サイトには身長・体重・趣味が出ます。ほかは相談所の中だけの記録です。",
    store=Store.PROFILE,
    fields=(
        Field(key="height_cm", label="身長", kind=Kind.INT, unit="cm", minimum=100, maximum=230, privacy=_QUASI,
              retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.MEASURE, sees=_OFFICE, required=True),
        Field(key="weight_kg", label="体重", kind=Kind.INT, unit="kg", minimum=30, maximum=250, privacy=_QUASI,
              retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.MEASURE, sees=_OFFICE, required=True),
        Field(key="hobbies", label="趣味", kind=Kind.NOTE, privacy=_QUASI, retention=_PROFILE, purpose=FOR_SITE,
              site=SiteRule.SCANNED_TEXT, sees=_OFFICE, max_chars=400,
              help="お休みの日はどのように過ごされていますか。"),
        Field(key="unwanted_words", label="サイトの文に書かない言葉", kind=Kind.TEXT, privacy=_DIRECT,
              retention=_PROFILE, purpose=FOR_SITE, site=_NEVER, sees=_OFFICE, max_chars=200,
              help="サイトで読まれたくない言葉はありますか。（例：あだ名 はなちゃん、妹の花代、見本駅）"),
        Field(key="drinking", label="飲酒", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, required=True,
              choices=(("never", "飲まない"), ("sometimes", "ときどき"), ("often", "よく飲む"))),
        Field(key="smoking", label="喫煙", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE, purpose=FOR_MATCHING,
              site=_NEVER, sees=_OFFICE, required=True,
              choices=(("never", "吸わない"), ("electronic", "電子のみ"), ("smokes", "吸う"))),
        Field(key="relocation", label="転居", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              choices=(("yes", "可"), ("within_prefecture", "県内なら可"), ("no", "不可"))),
        Field(key="view_home", label="住まいの希望", kind=Kind.TEXT, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, max_chars=200),
        Field(key="view_dual_income", label="共働き", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              choices=(("both", "共働きがよい"), ("one", "どちらかが家庭に"), ("discuss", "相談したい"))),
        Field(key="view_children", label="子どもの希望", kind=Kind.CHOICE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE,
              choices=(("yes", "希望する"), ("no", "希望しない"), ("discuss", "相談したい"))),
        Field(key="view_housework", label="家事の分担", kind=Kind.TEXT, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, max_chars=200),
        Field(key="view_money", label="お金の考え方", kind=Kind.TEXT, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, max_chars=200),
        Field(key="self_pr", label="自己PR", kind=Kind.NOTE, privacy=_QUASI, retention=_PROFILE, purpose=FOR_MATCHING,
              site=_NEVER, sees=_OFFICE, max_chars=1000),
        Field(key="agent_pr", label="仲人からのPR", kind=Kind.NOTE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_MATCHING, site=_NEVER, sees=_OFFICE, max_chars=1000),
    ),
    tips=(
        "趣味・資格・特技はサイトに出ます。お名前・勤務先・学校・駅の名前は書かないでください。",
        "「書かない言葉」は「、」で区切ります。あだ名、ご家族の名前、最寄りの駅などです。",
        "結婚観は、正解のない質問としてゆっくり伺います。",
    ),
)

# Asked only after the consent to collect; the value is special-care whatever it is (個情法2条3項).
SPECIAL_CARE = Section(
    key="special_care",
    title="信条・障害・健康",
    lead="同意をいただいたことだけを伺います。病名や宗教の名前は書きません。",
    store=Store.SPECIAL_CARE,
    fields=(
        Field(key="new_religion_flag", label="新興宗教の有無", kind=Kind.CHOICE, choices=YES_NO_DECLINED,
              privacy=_CARE, retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.SPECIAL_CARE_FLAG, sees=_CARE_ONLY,
              asked=_RELIGION_AGREED, required=True),
        Field(key="religion_note", label="信条について（相談所の中だけ）", print_as="信条について",
              kind=Kind.TEXT, privacy=_CARE,
              retention=_PROFILE, purpose=FOR_SUPPORT, site=_NEVER, sees=_CARE_ONLY, asked=_RELIGION_AGREED,
              max_chars=200),
        Field(key="disability_flag", label="障害の有無", kind=Kind.CHOICE, choices=YES_NO_DECLINED, privacy=_CARE,
              retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.SPECIAL_CARE_FLAG, sees=_CARE_ONLY,
              asked=_DISABILITY_AGREED, required=True),
        Field(key="health_note", label="健康状態", kind=Kind.CHOICE, privacy=_CARE, retention=_PROFILE,
              purpose=FOR_SUPPORT, site=_NEVER, sees=_CARE_ONLY, asked=when("consent_collect_health", "given"),
              choices=(("good", "良好"), ("in_treatment", "治療中（本人申告）"), ("declined", "回答しない"))),
    ),
    tips=(
        "同意のない項目は表示されません。表示されない項目は伺いません。",
        "「回答しない」も一つのお答えです。理由は伺いません。",
        "病名・投薬・宗教団体の名前は書きません。",
    ),
)


def _wish(key: str, label: str) -> Field:
    return Field(
        key=key,
        label=label,
        kind=Kind.WISH,
        privacy=_QUASI,
        retention=_PROFILE,
        purpose=FOR_MATCHING,
        site=_NEVER,
        sees=_OFFICE,
        required=True,
        max_chars=100,
    )


WISHES = Section(
    key="wishes",
    title="お相手への希望",
    lead="それぞれ「必須・希望・不問」を伺います。サイトには出ません。",
    store=Store.PROFILE,
    fields=(
        _wish("wish_age", "年齢"),
        _wish("wish_area", "お住まい"),
        _wish("wish_height", "身長"),
        _wish("wish_education", "学歴"),
        _wish("wish_marital_history", "婚歴"),
        _wish("wish_children", "お子さま"),
        _wish("wish_smoking", "喫煙"),
        _wish("wish_religion", "宗教"),
        _wish("wish_cohabitation", "親との同居"),
        Field(key="referral_source", label="ご紹介の経路", kind=Kind.CHOICE, privacy=_OPEN, retention=_PROFILE,
              purpose=FOR_SUPPORT, site=_NEVER, sees=_OFFICE,
              choices=(("acquaintance", "知人の紹介"), ("member", "会員・元会員の紹介"),
                       ("web", "インターネット"), ("flyer", "チラシ・看板"), ("other", "その他"))),
        Field(key="motive", label="入会の動機", kind=Kind.CHOICE, privacy=_OPEN, retention=_PROFILE,
              purpose=FOR_SUPPORT, site=_NEVER, sees=_OFFICE,
              choices=(("age", "年齢の節目"), ("no_meeting", "出会いがない"), ("serious", "真剣な相手を探したい"),
                       ("family", "家族のすすめ"), ("other", "その他"))),
        Field(key="search_history", label="これまでの婚活", kind=Kind.CHOICE, privacy=_OPEN, retention=_PROFILE,
              purpose=FOR_SUPPORT, site=_NEVER, sees=_OFFICE,
              choices=(("first", "初めて"), ("agency", "相談所"), ("app", "アプリ・パーティー"),
                       ("both", "相談所とアプリの両方"))),
        Field(key="other_agency", label="ほかの相談所の併用", kind=Kind.CHOICE, privacy=_OPEN, retention=_PROFILE,
              purpose=FOR_SUPPORT, site=_NEVER, sees=_OFFICE, choices=(("no", "なし"), ("yes", "あり"))),
    ),
    tips=(
        "「必須」が多いほどご紹介できる方が減ります。理由も一緒に伺いましょう。",
        "人種・民族・門地についての希望は伺わず、書きません。",
    ),
)

PHOTOS = Section(
    key="photo",
    title="写真",
    lead="上半身の写真は掲載に必須です。位置情報などは取り込むときにすべて取り除きます。",
    store=Store.PHOTO,
    fields=(
        Field(key="photo_upper", label="上半身の写真", kind=Kind.PHOTO, privacy=_DIRECT, retention=_PHOTO,
              purpose=FOR_SITE, site=SiteRule.PHOTO, sees=_OFFICE, required=True),
        Field(key="photo_full", label="全身の写真", kind=Kind.PHOTO, privacy=_DIRECT, retention=_PHOTO,
              purpose=FOR_SITE, site=SiteRule.PHOTO, sees=_OFFICE),
    ),
    tips=(
        "3か月以内に、お一人で、帽子なしで撮った写真をお願いします。",
        "SNSで使っていない写真をお選びください。同じ写真は本名にたどり着く手がかりになります。",
    ),
)

SITE = Section(
    key="preview",
    title="掲載内容の確認",
    lead="左が相談所の記録、右が協会サイトに出る内容です。ご本人と一緒に見てください。",
    store=Store.PROFILE,
    fields=(
        Field(key="pseudonym", label="仮名", kind=Kind.KANA, privacy=_OPEN, retention=_PROFILE, purpose=FOR_SITE,
              site=SiteRule.PSEUDONYM, sees=_OFFICE, required=True, max_chars=20,
              help="本名・よみ・頭文字と関係のない名前です。"),
        Field(key="show_birth_month_day", label="生まれた月日もサイトに出す", print_as="生まれた月日の掲載",
              kind=Kind.FLAG, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.BIRTH_YEAR, sees=_OFFICE,
              help="ご本人が望むときだけ。出すと同じ人を探し当てられやすくなります。"),
        Field(key="show_school_name", label="学校名もサイトに出す", print_as="学校名の掲載",
              kind=Kind.FLAG, privacy=_OPEN,
              retention=_PROFILE, purpose=FOR_SITE, site=SiteRule.SCHOOL, sees=_OFFICE,
              help="ご本人が望むときだけ。出すと同じ人を探し当てられやすくなります。"),
    ),
    tips=(
        "顔写真があるので、知り合いにはご本人だと分かります。そのこともお伝えください。",
        "ご本人が望まない項目は、前の手順に戻って直せます。",
    ),
)

NOTES = Section(
    key="notes",
    title="面談メモ",
    lead="本人に開示され得ます。事実と、ご本人の言葉を書いてください。",
    store=Store.PROFILE,
    fields=(
        Field(key="interview_note", label="面談メモ", kind=Kind.NOTE, privacy=_QUASI, retention=_PROFILE,
              purpose=FOR_SUPPORT, site=_NEVER, sees=_MATCHMAKERS, max_chars=4000),
    ),
)

SECTIONS = (
    PURPOSES,
    CONSENTS,
    IDENTITY,
    BASICS,
    CAREER,
    MARRIAGE,
    LIFE_STYLE,
    SPECIAL_CARE,
    WISHES,
    PHOTOS,
    SITE,
    NOTES,
)
SECTION: dict[str, Section] = {section.key: section for section in SECTIONS}
FIELDS: dict[str, Field] = {field.key: field for section in SECTIONS for field in section.fields}
SECTION_OF: dict[str, Section] = {field.key: section for section in SECTIONS for field in section.fields}

# The only things that leave (12 items, sex and photo): domain handbook 2.1. A test asserts that the rules say the same.
SITE_FIELDS: dict[str, str] = {
    "pseudonym": "名前（仮名）",
    "sex": "性別",
    "height_cm": "身長",
    "weight_kg": "体重",
    "new_religion_flag": "新興宗教の有無",
    "disability_flag": "障害の有無",
    "municipality": "住所",
    "industry": "業界・業種",
    "employment_type": "雇用形態",
    "birth_date": "生年",
    "education_level": "学歴",
    "hobbies": "趣味",
    "qualifications": "資格",
    "skills": "特技",
    "family_members": "家族構成",
    "photo_upper": "写真",
}
# Answers that steer an item or are used by its rule, but are no item of their own.
SITE_STEERING = frozenset(
    {"show_birth_month_day", "show_school_name", "school_name", "occupation", "education_on_site", "photo_full"}
)


def columns(store: Store) -> tuple[str, ...]:
    """The catalogue keys held as columns of one table, in catalogue order."""
    return tuple(f.key for s in SECTIONS if s.store is store for f in s.fields)
