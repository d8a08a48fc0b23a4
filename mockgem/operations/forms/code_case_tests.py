"""Tests of a function that compare calls with their results, in several languages."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.code_names import to_pascal
from mockgem.operations.forms.lazy_patterns import make_regex

Case = tuple[tuple[Any, ...], Any]
ROWS = {
    "kotlin": "        assertEquals({value}, {name}({given}))",
    "csharp": "        Assert.Equal({value}, Program.{name}({given}));",
    "java": "        assertEquals({value}, Main.{name}({given}));",
    "go": '\tif got := {name}({given}); got != {value} {{\n\t\tt.Errorf("got %v", got)\n\t}}',
    "rust": "        assert_eq!({name}({given}), {value});",
    "php": "        $this->assertSame({value}, {name}({given}));",
    "ruby": "    assert_equal {value}, {name}({given})",
    "swift": "        XCTAssertEqual({name}({given}), {value})",
    "cpp": "    EXPECT_EQ({name}({given}), {value});",
}
"""How each language compares a call with its result."""
FRAMES = {
    "kotlin": "import kotlin.test.Test\nimport kotlin.test.assertEquals\n\nclass {pascal}Test {{\n"
    "    @Test\n    fun `{name} returns the expected values`() {{\n{rows}\n    }}\n}}",
    "csharp": "using Xunit;\n\npublic class {pascal}Tests\n{{\n    [Fact]\n"
    "    public void ReturnsTheExpectedValues()\n    {{\n{rows}\n    }}\n}}",
    "java": "import static org.junit.jupiter.api.Assertions.assertEquals;\n\n"
    "import org.junit.jupiter.api.Test;\n\nclass {pascal}Test {{\n    @Test\n"
    "    void returnsTheExpectedValues() {{\n{rows}\n    }}\n}}",
    "go": 'package main\n\nimport "testing"\n\nfunc Test{pascal}(t *testing.T) {{\n{rows}\n}}',
    "rust": "#[cfg(test)]\nmod tests {{\n    use super::*;\n\n    #[test]\n"
    "    fn returns_the_expected_values() {{\n{rows}\n    }}\n}}",
    "php": "<?php\n\nuse PHPUnit\\Framework\\TestCase;\n\nfinal class {pascal}Test"
    " extends TestCase\n{{\n    public function testReturnsTheExpectedValues(): void\n"
    "    {{\n{rows}\n    }}\n}}",
    "ruby": "require 'minitest/autorun'\n\nclass {pascal}Test < Minitest::Test\n"
    "  def test_returns_the_expected_values\n{rows}\n  end\nend",
    "swift": "import XCTest\n\nfinal class {pascal}Tests: XCTestCase {{\n"
    "    func testReturnsTheExpectedValues() {{\n{rows}\n    }}\n}}",
    "cpp": "#include <gtest/gtest.h>\n\nTEST({pascal}Test, ReturnsValues) {{\n{rows}\n}}",
}


def write_case_tests(language: str, name: str, cases: list[Case]) -> str:
    """Return a test with a comparison for each case; empty for other languages and lists."""
    row = ROWS.get(language)
    plain = [case for case in cases if all(is_plain(one, language) for one in (*case[0], case[1]))]
    if row is None or not plain:
        return ""
    lines = [
        row.format(
            name=name,
            given=", ".join(write_literal(value, language) for value in given),
            value=write_literal(result, language),
        )
        for given, result in plain
    ]
    if language == "go":
        lines = [GO_LISTS.sub(r"!slices.Equal(got, \1) {", line) for line in lines]
    if language == "rust":
        lines = [line.replace("(vec![", "(&[") for line in lines]
    pascal = to_pascal(name)
    text = FRAMES[language].format(
        name=name, pascal=pascal[:1].upper() + pascal[1:], rows="\n".join(lines)
    )
    if "slices." in text:
        text = text.replace('import "testing"', 'import (\n\t"slices"\n\t"testing"\n)')
    return text


GO_LISTS = make_regex(r"got != (\[\]\w+\{[^{}]*\}) \{")


LISTS = {
    "go": "[]{1}{{{0}}}",
    "rust": "vec![{0}]",
    "kotlin": "listOf({0})",
    "java": "java.util.List.of({0})",
    "swift": "[{0}]",
    "ruby": "[{0}]",
    "php": "[{0}]",
}


def is_plain(value: Any, language: str) -> bool:
    if isinstance(value, list):
        return bool(value) and language in LISTS and all(is_plain(one, "") for one in value)
    return isinstance(value, (bool, int, str))


def write_literal(value: Any, language: str) -> str:
    """Return a value as a program writes it."""
    if isinstance(value, list):
        kind = "string" if isinstance(value[0], str) else "int"
        inside = ", ".join(write_literal(one, language) for one in value)
        return LISTS[language].format(inside, kind)
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
