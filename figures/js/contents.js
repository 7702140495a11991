/** On a phone the contents lie over the page: Escape, or a tap beside them, puts them away. */
export function startContents() {
  const contents = document.querySelector(".contents");
  if (!contents) return;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !contents.open) return;
    contents.open = false;
    contents.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!contents.contains(event.target)) contents.open = false;
  });
}
