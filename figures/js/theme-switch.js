import { remember } from "./memory.js";

/**
 * What a press of the switch does: the theme to show, and what to remember.
 * Coming back to the system's theme forgets the choice, so that the page follows the system again.
 */
export function switchTheme(shown, system) {
  const theme = shown === "dark" ? "light" : "dark";
  return { theme, kept: theme === system ? null : theme };
}

export function startThemeSwitch() {
  const control = document.querySelector(".theme-switch");
  if (!control) return;
  const root = document.documentElement;
  const darkSystem = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (darkSystem.matches ? "dark" : "light");
  const shown = () => root.dataset.theme ?? system();
  const label = () => control.setAttribute("aria-pressed", String(shown() === "dark"));

  control.addEventListener("click", () => {
    const { kept } = switchTheme(shown(), system());
    if (kept) root.dataset.theme = kept;
    else delete root.dataset.theme;
    remember("theme", kept);
    label();
  });
  darkSystem.addEventListener("change", label);
  label();
}
