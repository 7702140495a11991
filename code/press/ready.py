"""The chapters made ready: run or taken from the cache, numbered, with references and citations in place."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from press import citations, execute, number, reading, references, splice, surroundings
from press.cache import digest
from press.errors import Refused
from press.parallel import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from press.cache import Cache
    from press.number import Page
    from press.progress import Reporter
    from press.project import Book
    from press.results import Results
    from press.tree import Node

NO_RESULTS = b'{"cells": {}, "inlines": []}'  # of a chapter without cells


@dataclass(frozen=True)
class Ready:
    """A chapter that has run and is numbered: all that a format needs."""

    page: Page
    results: Results
    pictures: dict[str, str]  # SVG text by path from the site's root


def chapters(book: Book, cache: Cache, scratch: Path, reporter: Reporter) -> list[Ready]:
    """Every chapter of the book; raises PressError where one does not hold."""
    pages = reading.read(book, cache)
    return _number(book, cache, pages, _run(book, cache, scratch, reporter, pages))


def _run(book: Book, cache: Cache, scratch: Path, reporter: Reporter, pages: list[Page]) -> list[Results]:
    """The pages' results: from the cache, or from kernels at work side by side."""
    around = surroundings.surroundings(book.root)
    keys = [digest(surroundings.key(page.source, around)) for page in pages]
    kept = {key: cache.get("results", key) for key in keys}
    for key, page in zip(keys, pages, strict=True):
        if not page.source.steps:
            kept[key] = NO_RESULTS
    missing = {key: page for key, page in zip(keys, pages, strict=True) if kept[key] is None}
    if missing:
        asyncio.run(_run_missing(book, cache, scratch, reporter, missing))
    return [json.loads(kept[key] or cache.get("results", key) or b"") for key in keys]


async def _run_missing(
    book: Book, cache: Cache, scratch: Path, reporter: Reporter, missing: dict[str, Page]
) -> None:
    # One kernel more than there are cores: each of them waits now and then.
    room = asyncio.Semaphore((os.cpu_count() or 1) + 1)

    async def one(key: str, page: Page) -> None:
        name = page.chapter.slug
        async with room:
            reporter.chapter(name, len(page.source.cells))
            results = await execute.run(
                page.source, book.root, scratch, lambda label: reporter.cell(name, label)
            )
            reporter.done(name)
        cache.put("results", key, json.dumps(results).encode())

    tasks = [asyncio.create_task(one(key, page)) for key, page in missing.items()]
    try:
        await asyncio.gather(*tasks)
    finally:
        # Where one chapter fails, the others' kernels are shut down before the build stops.
        for task in tasks:
            if not task.cancelling():  # a second time would disturb the shutting down
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _number(book: Book, cache: Cache, pages: list[Page], all_results: list[Results]) -> list[Ready]:
    """The chapters with results, numbers, references and citations in place."""

    def spliced_one(page: Page, results: Results) -> splice.Spliced:
        inputs = [reading.press_digest(), page.blocks, page.source.text, results]
        made = cache.json("spliced", inputs, lambda: splice.splice(page.source, page.blocks, results))
        return made[0], made[1]

    spliced = side_by_side(spliced_one, pages, all_results)
    full = [replace(page, blocks=blocks) for page, (blocks, _) in zip(pages, spliced, strict=True)]
    labels, _ = number.index(full)
    resolved = [references.resolve(page, labels, book.pages) for page in full]
    # What the chapters refer to was checked before they ran; what their cells showed was not.
    if problems := [problem for _, found in resolved for problem in found]:
        raise Refused(problems)
    trees = _cited(book, cache, full, [blocks for blocks, _ in resolved])
    return [
        Ready(replace(page, blocks=blocks), results, pictures)
        for page, blocks, results, (_, pictures) in zip(full, trees, all_results, spliced, strict=True)
    ]


def _cited(book: Book, cache: Cache, pages: Sequence[Page], trees: list[list[Node]]) -> list[list[Node]]:
    if not book.bibliography:
        return trees
    path = book.root / book.bibliography
    cites = [citations.cites(blocks) for blocks in trees]
    made = cache.json(
        "cited",
        [reading.press_digest(), cites, path.read_text(encoding="utf-8")],
        lambda: citations.format(cites, path),
    )
    return citations.place(trees, [page.chapter.page for page in pages], *made)
