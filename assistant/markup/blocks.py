"""Writes each kind of block and inline element the way a dialect can show it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode

from ..types import Dialect
from .reading import PARSER
from .writer import Writer, in_word

_MARKS = {"bold": "*", "italic": "_", "strikethrough": "~"}
_STYLES = {"strong": "bold", "em": "italic", "s": "strikethrough"}
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}", re.ASCII)
_BREAK = re.compile(r"[ \t]*<br ?/?>[ \t]*", re.IGNORECASE)  # the only way to write a second line into a cell
_LINKED = {
    Dialect.SPANS: ("https://", "http://"),
    Dialect.HTML: ("https://", "http://", "mailto:", "tel:"),
}
"""Addresses that may stand behind words; in every other case they are written out beside them."""


# --- blocks ----------------------------------------------------------------------------------------------


def blocks(writer: Writer, nodes: Sequence[SyntaxTreeNode], gap: str) -> None:
    for index, node in enumerate(nodes):
        if index:
            writer.write(gap)
        _block(writer, node)


def _block(writer: Writer, node: SyntaxTreeNode) -> None:
    match node.type:
        case "heading":
            _styled(writer, "bold", node.children, "")
        case "fence" | "code_block":
            _code_block(
                writer, node.content.rstrip("\n"), node.info.strip().split(" ")[0] if node.info else ""
            )
        case "blockquote":
            with writer.spanned("blockquote"):
                if writer.by_offset:
                    blocks(writer, node.children, "\n\n")
                else:
                    writer.write("> ")
                    with writer.prefixed("> "):
                        blocks(writer, node.children, "\n")
        case "bullet_list" | "ordered_list":
            _list(writer, node)
        case "table":
            _table(writer, node)
        case "hr":
            writer.write("———")
        case "inline" | "paragraph":
            _inline(writer, node.children, "")
        case _:
            writer.write(node.content) if not node.children else blocks(writer, node.children, "\n\n")


def _list(writer: Writer, node: SyntaxTreeNode) -> None:
    number = int(str(node.attrs.get("start", 1)))
    for index, item in enumerate(node.children):
        if index:
            writer.write("\n")
        marker = "• " if writer.by_offset else "- "
        if node.type == "ordered_list":
            marker = f"{number + index}. "
        writer.write(marker)
        with writer.prefixed("  "):
            blocks(writer, item.children, "\n")


def _code_block(writer: Writer, code: str, language: str) -> None:
    with writer.unindented():
        if not writer.at_line_start():
            writer.write("\n")
        if writer.dialect is Dialect.MARKS and "```" not in code:
            writer.write(f"```\n{code}\n```")
            return
        known = _LANGUAGE.fullmatch(language)
        with writer.spanned("pre", language=language if known else None):
            writer.write(code)


def _table(writer: Writer, node: SyntaxTreeNode) -> None:
    """Rows as "key: value" lines: chats have no tables, and columns do not survive a proportional font."""
    rows: list[list[SyntaxTreeNode]] = [row.children for part in node.children for row in part.children]
    if not rows:
        return
    head, body = rows[0], rows[1:]
    if len(head) <= 2 or not body:
        for index, row in enumerate(rows):
            if index:
                writer.write("\n")
            _row(writer, row)
        return
    for index, row in enumerate(body):
        if index:
            writer.write("\n\n")
        first = True
        for key, value in zip(head, row, strict=False):
            if not _has_text(value):
                continue
            writer.write("" if first else "\n")
            _row(writer, [key, value])
            first = False


def _row(writer: Writer, cells: list[SyntaxTreeNode]) -> None:
    filled = [cell for cell in cells if _has_text(cell)]
    for index, cell in enumerate(filled):
        if index:
            writer.write(": ")
        with writer.in_cell():
            _inline(writer, cell.children, "")


def _has_text(cell: SyntaxTreeNode) -> bool:
    return any(node.content.strip() for node in cell.children if node.type == "inline")


# --- inside a block --------------------------------------------------------------------------------------


def _inline(writer: Writer, nodes: Sequence[SyntaxTreeNode], after: str) -> None:
    """`after` is the character that follows these nodes: marks only work beside something that is no word."""
    for index, node in enumerate(nodes):
        following = _first_character(nodes[index + 1]) if index + 1 < len(nodes) else after
        match node.type:
            case "text" if writer.cell:
                writer.write(_BREAK.sub("\n", node.content))
            case "text" | "html_inline" | "text_special":
                writer.write(node.content)
            case "softbreak" | "hardbreak":
                writer.write("\n")
            case "strong" | "em" | "s":
                _styled(writer, _STYLES[node.type], node.children, following)
            case "code_inline":
                _inline_code(writer, node.content, following)
            case "link":
                _link(writer, node, str(node.attrs.get("href", "")), following)
            case "image":
                _link(writer, node, str(node.attrs.get("src", "")), following)
            case "inline":
                _inline(writer, node.children, following)
            case _:
                writer.write(node.content) if not node.children else _inline(writer, node.children, following)


def _first_character(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "text_special", "code_inline"):
        return node.content[:1]
    return _first_character(node.children[0]) if node.children else ""


def _styled(writer: Writer, kind: str, nodes: Sequence[SyntaxTreeNode], after: str) -> None:
    if kind == "italic" and after.isalnum() and writer.ends_in_word():
        writer.write("*")  # 2*3*4 is arithmetic for everybody but CommonMark
        _inline(writer, nodes, "*")
        writer.write("*")
        return
    if writer.by_offset:
        with writer.spanned(kind):
            _inline(writer, nodes, after)
        return
    if writer.dialect is not Dialect.MARKS or kind in writer.styles:
        _inline(writer, nodes, after)
        return
    mark = _MARKS[kind]
    writer.styles.add(kind)
    with writer.captured() as chunks:
        _inline(writer, nodes, mark)
        inner = "".join(chunks)
    writer.styles.discard(kind)
    lines = inner.split("\n")
    free = [True] * len(lines)  # marks need neighbours that are no words, and end with their line
    free[0] = not writer.ends_in_word()
    free[-1] = free[-1] and not in_word(after)
    for index, line in enumerate(lines):
        fits = free[index] and line == line.strip() and line != "" and mark not in line
        lines[index] = f"{mark}{line}{mark}" if fits else line
    writer.write("\n".join(lines))


def _inline_code(writer: Writer, code: str, after: str) -> None:
    free = not writer.ends_in_word() and not in_word(after)
    if writer.dialect is Dialect.MARKS and "`" not in code and "\n" not in code and free:
        writer.write(f"`{code}`")
        return
    with writer.spanned("code"):
        writer.write(code)


def _link(writer: Writer, node: SyntaxTreeNode, url: str, after: str) -> None:
    """The words, and the address behind them: as a span where the dialect has links, else in brackets."""
    writer.addresses.add(url)
    with writer.captured() as chunks:
        _inline(writer, node.children, "")
        words = "".join(chunks).strip() or node.content.strip()
    shown = url.removeprefix("mailto:").removeprefix("tel:")
    if not words or not url or _same_address(words, shown):
        writer.write(shown if len(shown) > len(words) else words)
    elif url.startswith(_LINKED.get(writer.dialect, ("\n",))):
        with writer.spanned("text_link", url=url):
            _inline(writer, node.children, after) if node.type == "link" else writer.write(words)
    else:
        if node.type == "link":
            _inline(writer, node.children, " ")
        else:
            writer.write(words)
        writer.write(f" ({shown})")


def _same_address(words: str, url: str) -> bool:
    """Whether the words of a link are its address, perhaps without https:// or a last slash."""
    given, address = (
        re.sub(r"^https?://", "", one, flags=re.IGNORECASE).rstrip("/").lower()
        for one in (PARSER.normalizeLink(words), url)
    )
    return given == address
