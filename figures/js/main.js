import { startContents } from "./contents.js";
import { addCopyButton } from "./copy.js";
import { upgradeDerivation } from "./derivation.js";
import { upgradePredict } from "./predict.js";
import { startPreviews } from "./preview.js";
import { startPrinting } from "./printing.js";
import { startProgress } from "./progress.js";
import { startReaching } from "./reach.js";
import { startScrollers } from "./scrollers.js";
import { startSearch } from "./search-box.js";
import { startThemeSwitch } from "./theme-switch.js";
import { followReading } from "./toc.js";
import { upgradeWaiting } from "./waiting.js";

// The page is whole without this script. It runs deferred, once the document stands.
const page = document.documentElement;
page.classList.add("scripted");
page.dataset.ready = "";
try {
  startThemeSwitch();
  startContents();
  startSearch();
  document.querySelectorAll(".predict").forEach(upgradePredict);
  document.querySelectorAll(".reveal[data-after]").forEach(upgradeWaiting);
  document.querySelectorAll(".derivation").forEach(upgradeDerivation);
  document.querySelectorAll(".code").forEach(addCopyButton);
  document.querySelectorAll(".toc-list").forEach(followReading);
  startProgress();
  startPreviews();
  startScrollers();
  startPrinting();
  startReaching();
} catch (error) {
  // Something is amiss with an element: then nothing stays folded away, and the console says what.
  page.classList.remove("scripted");
  throw error;
}
