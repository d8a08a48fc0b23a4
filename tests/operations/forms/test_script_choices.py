"""Options in a row are found in languages with other scripts than Latin."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.script_choices import find_row


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("这句话的情感是积极、消极还是中性？", ["积极", "消极", "中性"]),
        ("这条评论是好评还是差评？", ["好评", "差评"]),
        ("この文はポジティブですか、ネガティブですか？", ["ポジティブ", "ネガティブ"]),
        ("このチケットの緊急度は？ 高 / 中 / 低", ["高", "中", "低"]),
        ("다음 리뷰를 긍정/부정/중립 중 하나로 분류해 주세요.", ["긍정", "부정", "중립"]),
        ("هل هذه المراجعة إيجابية أم سلبية أم محايدة؟", ["إيجابية", "سلبية", "محايدة"]),
        ("รีวิวนี้เป็นบวก ลบ หรือกลาง", ["บวก", "ลบ", "กลาง"]),
        ("北京是中国的首都。", []),
    ],
)
def test_options_in_a_row(text: str, labels: list[str]) -> None:
    assert find_row(text) == labels
