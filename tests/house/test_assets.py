"""The style sheet minifier must never change what a rule says."""

import pytest

from scripts.assets import hashed_name, minify_css


@pytest.mark.parametrize(
    ("written", "built"),
    [
        ("a { color : red ; }\n", "a{color : red}"),
        ("a  :hover,\n b + c { margin: -1px  auto }", "a :hover,b + c{margin: -1px auto}"),
        ("a { width: calc(1px + 2px) }", "a{width: calc(1px + 2px)}"),
        ("/* a { } */ b { } /* c */", "b{}"),
        ('a { content: " /* ; } */ " ; }', 'a{content: " /* ; } */ "}'),
        ("a { background: url( x y.png ) ; }", "a{background: url( x y.png )}"),
        ("@media (width >= 40em) and (hover) { a { b: c } }",
         "@media (width >= 40em) and (hover){a{b: c}}"),
        ("a { font: 1rem/1.7 'Noto ; Sans' , serif }", "a{font: 1rem/1.7 'Noto ; Sans',serif}"),
    ],
)  # fmt: skip
def test_minified_css(written: str, built: str) -> None:
    assert minify_css(written) == built + "\n"


def test_a_name_follows_the_content() -> None:
    assert hashed_name("fonts/a.woff2", b"1") != hashed_name("fonts/a.woff2", b"2")
    assert hashed_name("fonts/a.woff2", b"1").startswith("fonts/a.")
