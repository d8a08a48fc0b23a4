"""Tests of a function that is only named, in languages whose tests need no more."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.operations.forms.code_names import to_pascal

PLAIN_TESTS = {
    "kotlin": "import kotlin.test.Test\nimport kotlin.test.assertEquals\n\nclass {pascal}Test {{\n"
    "    @Test\n"
    "    fun `{name} gives the same result twice`() {{\n        assertEquals({name}({given}), "
    "{name}({given}))\n    }}\n}}",
    "csharp": "using Xunit;\n\npublic class {pascal}Tests\n{{\n    [Fact]\n    public void "
    "GivesTheSameResultTwice()\n"
    "    {{\n        Assert.Equal(Code.{name}({given}), Code.{name}({given}));\n    }}\n}}",
    "php": "<?php\n\nuse PHPUnit\\Framework\\TestCase;\n\nfinal class {pascal}Test extends "
    "TestCase\n{{\n"
    "    public function testGivesTheSameResultTwice(): void\n    {{\n"
    "        $this->assertSame({name}({given}), {name}({given}));\n    }}\n}}",
    "ruby": "require 'minitest/autorun'\n\nclass {pascal}Test < Minitest::Test\n  def "
    "test_gives_the_same_result_twice\n"
    "    assert_equal {name}({given}), {name}({given})\n  end\nend",
    "swift": "import XCTest\n\nfinal class {pascal}Tests: XCTestCase {{\n    func "
    "testGivesTheSameResultTwice() {{\n"
    "        XCTAssertEqual({name}({given}), {name}({given}))\n    }}\n}}",
    "cpp": "#include <gtest/gtest.h>\n\nTEST({pascal}Test, GivesTheSameResultTwice) {{\n"
    "    EXPECT_EQ({name}({given}), {name}({given}));\n}}",
}
"""A test of a function in the languages whose tests need no more: its name and its arguments."""


def make_plain_writer(source: str) -> Callable[[list[tuple[str, list[str]]]], str]:
    def write(functions: list[tuple[str, list[str]]]) -> str:
        name, names = functions[0]
        given = ", ".join(str(at) for at in range(2, 2 + max(1, len(names))))
        return source.format(
            name=name, pascal=to_pascal(name)[:1].upper() + to_pascal(name)[1:], given=given
        )

    return write
