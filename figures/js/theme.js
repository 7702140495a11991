// Loaded in <head>, before the first paint, so that nothing flashes and nothing jumps.
// This is a classic script, not a module, and is not joined with the others.
(function () {
  "use strict";
  var root = document.documentElement;

  // The theme that the reader chose; theme-switch.js writes it.
  try {
    var chosen = localStorage.getItem("ml-from-scratch:theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch (error) {
    // Storage is closed to this page: the system's theme stands.
  }

  // Lets the styles fold away, from the first paint on, what the main script is about to upgrade.
  // Should that script never arrive, the page is made whole again.
  root.classList.add("scripted");
  addEventListener("load", function () {
    if (!("ready" in root.dataset)) root.classList.remove("scripted");
  });

  // Lets the page wait a moment for the scripts that upgrade it: they are deferred, so they have run when the document is
  // ready; and for the mathematics font, where it has formulas, which is asked for at once, beside the style sheet.
  // Painted before, the lines with a formula and what stands below a prediction or a figure to touch would jump.
  root.classList.add("setting");
  function show() {
    root.classList.remove("setting");
  }
  setTimeout(show, 1000); // a slow phone takes nearly as long over its scripts
  var awaited = [
    new Promise(function (done) {
      document.addEventListener("DOMContentLoaded", done);
    }),
  ];
  var font = document.currentScript.dataset.mathFont;
  if (font && window.FontFace) {
    awaited.push(
      new FontFace("Book Math", 'url("' + font + '")').load().then(function (face) {
        document.fonts.add(face);
      }),
    );
  }
  Promise.allSettled(awaited).then(show);
})();
