"""The words by which a name is told from an ordinary word; the rules that use them are in leak_context."""

from __future__ import annotations

from nakodo_desktop.domain.leak_fold import folded_words

# What follows a person's name.
HONORIFICS = folded_words(
    "さん くん 君 ちゃん 様 さま 氏 殿 先生 せんせい 先輩 せんぱい 後輩 部長 課長 係長 主任 店長 社長 教授 医院 "
    "家の 姓 と申 ともうし といいま と言いま っていいま って言いま と呼 とよばれ とよんで って呼 ってよ という名 "
    "と名"
)
HOUSEHOLD = frozenset(folded_words("家の"))  # a family has one, a given name has none
# After an honorific these make another word of it: 山本さんぽ, 様子, 君津.
NOT_HONORIFIC_BEFORE = {
    "さん": tuple("ぽまごかせ"),
    "様": tuple("子式々相"),
    "君": ("津",),
    "殿": ("堂",),
    "氏": ("神",),
}
# What stands before a name that is being told.
INTRODUCTIONS = folded_words(
    "名前は 名は 氏名は 氏名 姓は 名字は 苗字は 本名は 本名 旧姓は 旧姓 通称は 通称 呼び名は あだ名は あだなは "
    "ニックネームは 愛称は わたしは 私は 僕は 俺は 自分は こちらは 担当は 私 僕 下の名前は なまえは わたくしは "
    "名義は"
)
# Of these, the ones that tell a name and nothing else: a comma closes them (姓は原、県内に多い名字です).
NAME_INTRODUCTIONS = folded_words(
    "名前は 氏名は 姓は 名字は 苗字は 本名は 旧姓は 通称は 呼び名は あだ名は あだなは ニックネームは 愛称は なまえは"
)
# What closes an introduction: 私は森です, 名前は林。
CLOSINGS = folded_words(
    "です でした だよ と申 ともうし と言い といい っていい って言い と呼 という者 と書 と名乗 でござい"
)

# A surname in kanji may touch these kanji and still be the surname: 山本様, 旧姓山本.
KANJI_AFTER_NAME = folded_words(
    "様 氏 君 殿 家 先生 先輩 後輩 部長 課長 係長 主任 店長 社長 教授 姓 本人 夫妻 兄弟 一家 名義 宛"
)
KANJI_BEFORE_NAME = folded_words(
    "私 僕 俺 姓 名 本名 旧姓 氏名 名前 通称 苗字 名字 愛称 元 夫 妻 父 母 兄 姉 弟 妹 担当 代表 者 自分"
)
# Particles that may stand before a kana name inside a sentence.
PARTICLES = "はがのをにもとでへやかねよ"

# Surnames that are also places one travels to; beside a place cue they say nothing about a person.
PLACES = frozenset(
    folded_words(
        "青森 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 "
        "三重 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 "
        "大分 宮崎 鹿児島 沖縄 上野 渋谷 目黒 中野 大塚 品川 神田 秋葉原 原宿 赤羽 池袋 新宿 横浜 川崎 鎌倉 箱根 "
        "熱海 日光 松本 松山 松江 高松 高山 金沢 小樽 函館 札幌 仙台 会津 那須 草津 軽井沢 諏訪 浜松 豊田 豊橋 "
        "名古屋 伊勢 大津 近江 宇治 嵐山 吉野 神戸 姫路 倉敷 尾道 宮島 下関 別府 阿蘇 天草 霧島 八丈 大島 淡路 "
        "佐渡 能登 秩父 高尾 三島 富士 浅間 白山 立山 大山 石垣 宮古 青山 赤坂 恵比寿 三鷹 立川 八王子 町田 藤沢 "
        "小田原 大宮 浦和 川越 所沢 船橋 松戸 水戸 宇都宮 前橋 高崎 長岡 上越 甲府 飯田 出雲 飛鳥 大和 中山 東山 "
        "西川 嵯峨 伏見 有馬 城崎 小倉 長浜 彦根 亀山 桑名 津島 岡崎 一宮 犬山 多治見 ながの ちば やまぐち "
        "ふくしま いしかわ とくしま みやざき ながさき おおさか きようと えひめ おきなわ とやま おかやま ひろしま "
        "ふくい ふくおか あきた やまがた あおもり かごしま くまもと うえの たかお たかやま まつもと やまと いずも"
    )
)
PLACE_CUES = folded_words(
    "へ に行 に出かけ に旅 に住 旅行 観光 市 県 駅 城 温泉 港 の街 の町 の海 の山 の温泉 の自然 の夜景 の花火 "
    "の桜 の紅葉 の名物 産 出身 方面 周辺 で食 で見 で泊 で買 まで や 空港 高原 神社 寺 湖 動物園 美術館 公園 "
    "散策 散歩 巡り めぐり 競馬場 そば ラーメン"
)
# Names that are also words of everyday talk: only a naming context makes a person of them.
ORDINARY = frozenset(
    folded_words(
        "小川 大川 山川 森林 小山 大木 大森 大池 大石 石原 野原 草野 花田 水野原 清水 小池 泉 川上 川下 川口 河口 "
        "大海 大空 青空 春日 朝日 夕日 日向 日野菜 月島 星野原 天野川 星空 雨宮 風間 本田 三菱 竹林 松林 梅林 "
        "杉林 平和 平井戸 正義 真実 希望 未来 勇気 大地 大河 文化 健康 幸福 幸運 自由 自然 正月 元気 活気 若葉 "
        "青葉 双葉 紅葉 千里 百合 向日葵 撫子 伊吹 千歳 小春 小雪 美空 陽子 光子 電子 量子 原子 王子 調子 様子 "
        "帽子 菓子 中心 高原 平野 平原 中央 中原 草原 内海 東海 北海 左右 道場 市場 馬場 競馬 武道 武士 神社 寺院 "
        "門前 城山 山里 里山 海辺 浜辺 水辺 野口 戸口 大門 真心 真面目 和食 直美 さとう すずき ほんだ まつだ "
        "とよた かわさき やまは はやし さくら すみれ あやめ つばき かえで もみじ わかば あおば ふたば あおい "
        "ひまわり みかん れもん ひかり あかり みらい のぞみ みどり いずみ めぐみ しずか つばさ なぎさ ひなた "
        "こはる みなみ ひがし かおり みのり あゆみ いのり しのぶ まこと ちはる かおる みのる まもる のぼる すすむ "
        "いさむ まなぶ しげる ひかる さとる わたる つとむ とおる はじめ ただし まさる ゆたか いさお たから けいこ "
        "せいじ けんじ しゆうじ ようじ こうじ しんじ けいじ だいち ゆうき げんき かいと みさき しおり かなえ "
        "こころ まどか さやか はるか たまき あらい おおい あんな けいと しようじ かなで えいじ しんや "
        "せいや たくみ あつみ やすみ くるみ かりん あずき いちご ふじさん そうた かのん みなと いつき わかな "
        "さつき やよい うづき ちとせ あさひ ゆうひ あおぞら まりん きらら みそら おおぞら あいり"
    )
)
# Common Latin words that are also names or parts of them.
ORDINARY_LATIN = frozenset(
    folded_words(
        "ai an go jo me no to so ko ban den gin jin kin men ran sun ten pin may ray rose rei do mi ami ana ant art "
        "bar bus cap car cat dan day den don eda era fan gen gun hat hit hot ice jam job kan kit led mac man map mix "
        "net new oda one pan pen pop rap run see set ski spa tea toy van wan win zen mono anime manga sake soba udon "
        "ramen sushi judo kendo sado bonsai karate marine mario hero hello piano tempo solo studio radio video audio "
        "cocoa mocha latte home game music movie camp cafe naomi mini midi ring king wing sing song"
    )
)
