"""Lines that a narrow window or a mail program broke are put together again."""

import unicodedata

from zhouzhouhui.text.list_cells import BREAK_IN_CELL

_ENDS = "。！？!?；;…"
_CLOSERS = "”」』）)》\"'"
_GOES_ON = "，、：,（(“「《—"
_CANNOT_BEGIN = "，。、；：！？）》」』”,;!?"
_MIN_WIDTH = 30


def width(line: str) -> int:
    """Return how many columns a line takes on a fixed-width screen; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def _ends_sentence(line: str) -> bool:
    return line.rstrip().rstrip(_CLOSERS).endswith(tuple(_ENDS))


def _glued(left: str, right: str) -> str:
    """Join two lines: no blank between Chinese characters, one between Latin words."""
    if left and right and left[-1].isascii() and right[0].isascii() and left[-1].isalnum() and right[0].isalnum():
        return f"{left} {right}"
    return left + right


def join_lines(lines: list[str]) -> str:
    """Return the words of one item: a line that ends a sentence keeps its break, a broken line is joined."""
    joined = ""
    for raw in lines:
        line = raw.strip()
        if not line:
            continue
        if not joined:
            joined = line
        elif _ends_sentence(joined) or raw.startswith("\x00"):
            joined = f"{joined}\n{line.lstrip(chr(0))}"
        else:
            joined = _glued(joined, line)
    return joined.replace(BREAK_IN_CELL, "\n").strip()


def _broken_after(lines: list[str]) -> set[int]:
    """Return the indexes of lines that were broken by the window, so that the next line belongs to them."""
    widths = [width(line.rstrip()) for line in lines]
    widest = max(widths)
    full = [
        index
        for index, line in enumerate(lines)
        if widths[index] >= max(_MIN_WIDTH, widest - 3) and not _ends_sentence(line)
    ]
    sentences = sum(_ends_sentence(line) for line in lines)
    broken = {index for index, line in enumerate(lines) if line.rstrip().endswith(tuple(_GOES_ON))}
    broken |= {
        index - 1 for index, line in enumerate(lines) if index and line.lstrip().startswith(tuple(_CANNOT_BEGIN))
    }
    same_width = len(full) >= 3 and len(full) * 10 >= len(lines) * 4
    # where sentences are closed by a full stop, a long line without one was broken
    closed_style = sentences * 2 >= len(lines) - len(full) and sentences > 0
    if same_width or (closed_style and full):
        broken |= set(full)
    return broken - {len(lines) - 1}


def unwrap(lines: list[str]) -> list[str]:
    """Return the items of one block of unmarked lines: one a line, broken lines joined."""
    if not lines:
        return []
    indented = [line[:1] in "\u3000 \t" for line in lines]
    if indented[0] and not all(indented):
        # the first line of each paragraph is indented, as in a letter
        starts = [index for index, is_start in enumerate(indented) if is_start]
        return [join_lines(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    broken = _broken_after(lines)
    items: list[list[str]] = [[]]
    for index, line in enumerate(lines):
        items[-1].append(line)
        if index not in broken:
            items.append([])
    return [item for item in map(join_lines, items) if item]
