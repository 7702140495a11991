/**
 * Which section is being read: the last whose heading has passed the line, or none before the first.
 * tops are the headings' distances from the window's top; at the page's end it is the last section.
 */
export function sectionInView(tops, line, atEnd = false) {
  if (atEnd) return tops.length - 1;
  return tops.findLastIndex((top) => top <= line);
}

/** Marks, in the margin, the section that is being read. */
export function followReading(toc) {
  const links = [...toc.querySelectorAll('a[href^="#"]')];
  const pairs = links
    .map((link) => ({ link, section: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ section }) => section);
  let waiting = false;

  const mark = () => {
    waiting = false;
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    const atEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
    const tops = pairs.map(({ section }) => section.getBoundingClientRect().top);
    const current = sectionInView(tops, clientHeight * 0.3, atEnd);
    pairs.forEach(({ link }, index) => {
      if (index === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  mark();
}
