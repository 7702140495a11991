/** On paper every answer is open and the theme is light; afterwards all is as it was. */
export function startPrinting() {
  const root = document.documentElement;
  let closed = [];
  let theme;
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open], .contents, .toc)")];
    for (const details of closed) details.open = true;
    theme = root.dataset.theme;
    delete root.dataset.theme;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed = [];
    if (theme) root.dataset.theme = theme;
  });
}
