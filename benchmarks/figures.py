"""How closely the figures follow the pointer: frame times while a handle is dragged, in a real browser.

`python benchmarks/figures.py _book` prints a row for each figure of the rendered book: the median and the worst time
between two frames, in milliseconds, over three seconds of pulling its first handle, or its first slider where it has no
handle, with an event every 8 ms; and the script's own time a redraw. A figure that walks is pulled at the end of its
walk, where a redraw has the most to do. The browser draws at 60 frames a second, so 16.7 is all that there is to win.
Needs Playwright and Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FIGURE = re.compile(r'data-figure="([a-z0-9-]+)"')
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]

# Pulls at a figure in the page itself: nothing but the browser's own work stands between event and frame.
DRAG = """async (name) => {
  const root = document.querySelector(`[data-figure="${name}"]`);
  const slider = root.querySelector("input[type=range]");
  const handle = root.querySelector(".handle") ?? slider;
  const box = handle.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const send = (kind, dx, dy) => handle.dispatchEvent(new PointerEvent(kind,
    { bubbles: true, cancelable: true, pointerId: 1, clientX: x + dx, clientY: y + dy }));
  handle.setPointerCapture = () => {};
  send("pointerdown", 0, 0);
  const frames = [], work = [];
  const own = window.requestAnimationFrame;
  window.requestAnimationFrame = (draw) => own((now) => {
    const start = performance.now();
    draw(now);
    work.push(performance.now() - start);
  });
  const begun = performance.now();
  const timer = setInterval(() => {
    const t = (performance.now() - begun) / 1000;
    if (handle === slider) {
      slider.value = Number(slider.min) + (slider.max - slider.min) * (0.5 + 0.45 * Math.sin(5 * t));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    send("pointermove", 60 * Math.sin(5 * t), 60 * Math.cos(7 * t) - 60);
  }, 8);
  await new Promise((done) => {
    let last = 0;
    own(function frame(now) {
      if (last) frames.push(now - last);
      last = now;
      if (now - begun < 3000) own(frame);
      else done();
    });
  });
  clearInterval(timer);
  window.requestAnimationFrame = own;
  handle.dispatchEvent(new PointerEvent("lostpointercapture", { pointerId: 1 }));
  const row = (times) => { times.sort((a, b) => a - b); return [times[times.length >> 1], times.at(-1)]; };
  return [...row(frames), ...row(work), frames.length];
}"""


def main(book: Path) -> None:
    """Print the table."""
    if not book.is_dir():
        sys.exit(f"{book} is not there: render it with make book.")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    print(
        f"{'figure':<16}{'frame, median':>14}{'worst':>8}{'redraw, median':>16}{'worst':>8}{'frames':>8}  page"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for path in (book / "index.html", *sorted((book / "chapters").glob("*.html"))):
            text = path.read_text(encoding="utf-8")
            for name in FIGURE.findall(text) if "assets/figures-" in text else ():
                page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
                page.goto(path.resolve().as_uri(), wait_until="networkidle")
                # Some figures wait for predictions, their own or others': make them all.
                page.evaluate(
                    "document.querySelectorAll('.predict').forEach((e) => e.querySelector('input').click())"
                )
                plane = page.locator(f'[data-figure="{name}"] .plane').first
                if not plane.count():  # its module is not there: the still image stands
                    continue
                run = page.locator(f'[data-figure="{name}"]').get_by_role("button", name="Run", exact=True)
                if run.count():  # without motion, it jumps to its end
                    run.click()
                plane.scroll_into_view_if_needed()
                median, worst, work, most, count = page.evaluate(DRAG, name)
                print(
                    f"{name:<16}{median:>14.1f}{worst:>8.1f}{work:>16.2f}{most:>8.2f}{count:>8}  {path.stem}"
                )
                page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "_book"))
