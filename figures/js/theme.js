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

  // Asks for the mathematics font at once, beside the style sheet, and lets the page wait for it a moment, and for the
  // scripts that upgrade it: they are deferred, so they have run when the document is ready. Painted before, the lines
  // with a formula and what stands below a prediction would jump.
  var font = document.currentScript.dataset.mathFont;
  if (!font || !window.FontFace) return;
  root.classList.add("setting");
  function show() {
    root.classList.remove("setting");
  }
  setTimeout(show, 500);
  var set = new FontFace("Book Math", 'url("' + font + '")').load().then(function (face) {
    document.fonts.add(face);
  });
  var upgraded = new Promise(function (done) {
    document.addEventListener("DOMContentLoaded", done);
  });
  Promise.allSettled([set, upgraded]).then(show);
})();
