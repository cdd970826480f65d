import {Bench} from "./bench.js";
import {Decoder} from "./decoder.js";
import {checkAll} from "./check.js";
import {byId} from "./dom.js";
import {ofFragment} from "./experiment.js";
import {Lessons} from "./lessons.js";

const {listed, unlisted} = document.documentElement.dataset;
const other = location.origin === unlisted ? listed : unlisted;
byId("here").textContent = location.origin;
byId("other").textContent = other;
byId("other").href = other + "/#/bench";

const json = async name => (await fetch(name)).json();
const [examples, book] = await Promise.all([json("examples.json"), json("lessons.json")]);
const bench = new Bench(examples, () => lessons.ran());
const lessons = new Lessons(book, bench);
new Decoder();

// #/lessons/3, #/attacks/1/break, #/bench, #/decoder, or #e= and a whole experiment.
function go() {
  const experiment = ofFragment(location.hash);
  const [, view = "lessons", number, change] = location.hash.split("/");
  const shown = experiment ? "bench" : ["lessons", "attacks", "bench", "decoder", "check"].includes(view) ? view : "lessons";
  document.body.dataset.view = shown;
  for (const link of document.querySelectorAll(".views a")) {
    if (link.dataset.view === shown) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  if (experiment) {
    document.title = "The CORS lab";
    bench.load(experiment);
  } else if (shown === "bench") {
    document.title = "The CORS lab";
    if (bench.isEmpty()) {
      bench.load(examples[0].experiment);
    }
  } else if (shown === "decoder") {
    document.title = "Decoder: the CORS lab";
  } else if (shown === "check") {
    document.title = "All lessons: the CORS lab";
    checkAll(book, bench);
  } else {
    lessons.show(shown, Number(number) || 1, change === "break");
  }
  document.body.classList.remove("loading");
}

go();
addEventListener("hashchange", () => {
  // A link to a place on the page is no view.
  if (location.hash === "" || /^#(\/|e=)/.test(location.hash)) {
    go();
  }
});
